package io.carillon.api.job;

import io.carillon.api.PageToken;
import io.carillon.api.json.Document;
import io.carillon.engine.JobPlace;
import io.carillon.engine.JobStore.Page;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Some of the jobs there are, as they are written in JSON. */
@Schema(name = "JobList")
public record JobList(
    @Schema(required = true, description = "In the order that was asked for.") List<JobView> jobs,
    @Schema(description = "Asks for the next page; absent at the end.") String nextPageToken)
    implements Document {

  static JobList of(Page page) {
    return new JobList(
        page.jobs().stream().map(JobView::of).toList(),
        page.next().map(JobPlace::toString).map(PageToken::of).orElse(null));
  }
}
