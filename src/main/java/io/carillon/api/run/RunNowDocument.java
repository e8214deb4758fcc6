package io.carillon.api.run;

import io.carillon.api.json.Document;
import io.carillon.api.json.Json;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a run by hand takes along, as it is written in JSON. */
@Schema(name = "RunRequest")
public record RunNowDocument(
    @Schema(description = "Any JSON; becomes data.payload of the webhook's body.") Json payload)
    implements Document {

  static final RunNowDocument EMPTY = new RunNowDocument(null);
}
