package io.carillon.api.run;

import io.carillon.api.json.Document;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Some runs, as they are written in JSON. */
@Schema(name = "RunList")
public record RunList(
    @Schema(
            required = true,
            description = "Newest scheduled time first; across jobs, latest failure first.")
        List<RunView> runs,
    @Schema(description = "Asks for the next page; absent at the end.") String nextPageToken)
    implements Document {}
