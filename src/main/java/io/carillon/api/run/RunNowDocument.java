package io.carillon.api.run;

import io.carillon.api.Payloads;
import io.carillon.api.json.Document;
import io.carillon.api.json.Json;
import io.carillon.api.json.Pointer;
import io.carillon.api.json.SelfChecking;
import io.carillon.api.json.Violations;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a run by hand takes along, as it is written in JSON. */
@Schema(name = "RunRequest")
public record RunNowDocument(
    @Schema(
            description =
                "Any JSON; becomes data.payload of the webhook's body. At most 256 KiB in UTF-8, 60"
                    + " levels deep.")
        Json payload)
    implements Document, SelfChecking {

  static final RunNowDocument EMPTY = new RunNowDocument(null);

  @Override
  public void check(Pointer at, Violations found) {
    Payloads.check(payload, at.member("payload"), found);
  }
}
