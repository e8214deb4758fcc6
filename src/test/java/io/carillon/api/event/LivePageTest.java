package io.carillon.api.event;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.carillon.job.DefinitionBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.carillon.Eventually;
import io.carillon.engine.Jobs;
import io.carillon.engine.Precondition;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people see in a browser. */
@QuarkusTest
class LivePageTest {

  private static final int SOON_MS = (int) Eventually.BOUND.toMillis();

  @TestHTTPResource("/")
  URI root;

  @Inject Jobs jobs;

  @AfterEach
  void deleteJobs() {
    jobs.delete("page-bell", Precondition.NONE);
  }

  @Test
  void showsAJobAndAnEventAsItHappens() {
    try (Browser browser = Browser.start()) {
      // Given
      Page page = browser.open(root.toString());
      List<String> errors = new ArrayList<>();
      page.onPageError(errors::add);
      has(page.locator("#events-note"), "live");

      // When
      jobs.put("page-bell", aJob().named("<b>bold</b>").every("PT24H").build(), Precondition.NONE);
      jobs.pause("page-bell", Optional.of("<i>tea</i>"), Optional.empty(), Precondition.NONE);

      // Then
      has(page.locator("#events"), "job.created");
      has(page.locator("#events"), "<i>tea</i>");
      has(page.locator("#jobs"), "page-bell");
      has(page.locator("#jobs"), "paused");
      has(page.locator("#jobs"), "<b>bold</b>");
      has(page.locator("#scheduler"), "running");
      assertThat(page.locator("#jobs b, #events i")).hasCount(0);
      assertThat(page.locator("#trouble")).isHidden();
      assertThat(errors).isEmpty();
      page.screenshot(new ScreenshotOptions().setPath(Path.of("target/live-page.png")));
    }
  }

  @Test
  void showsTheOperationsInSwaggerUi() {
    try (Browser browser = Browser.start()) {
      // When
      Page page = browser.open(root.resolve("/q/swagger-ui").toString());

      // Then
      has(page.locator("#swagger-ui"), "/v1/events");
      has(page.locator("#swagger-ui"), "/v1/jobs/{id}");
    }
  }

  private static void has(Locator locator, String text) {
    assertThat(locator)
        .containsText(text, new LocatorAssertions.ContainsTextOptions().setTimeout(SOON_MS));
  }
}
