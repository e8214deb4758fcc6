package io.carillon.api.scheduler;

import io.carillon.api.job.ConcurrencyDocument;
import io.carillon.api.json.Document;
import io.carillon.engine.SchedulerStore.Settings;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What can be set about the scheduler, as it is written in JSON. */
@Schema(name = "SchedulerSettings")
public record SettingsDocument(
    @NotNull(message = "cannot be removed; set it to false")
        @Schema(description = "Whether no occurrence happens at all, of any job.")
        Boolean paused,
    @Schema(description = "The limit over all jobs; null removes it.", nullable = true)
        ConcurrencyDocument concurrency)
    implements Document {

  static SettingsDocument of(Settings settings) {
    return new SettingsDocument(
        settings.paused(), settings.concurrency().map(ConcurrencyDocument::of).orElse(null));
  }
}
