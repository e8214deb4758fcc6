package io.carillon.api.event;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.carillon.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The Chromium of this machine; nothing is downloaded. */
final class Browser implements AutoCloseable {

  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser browser;

  private Browser() {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setTimeout(Eventually.BOUND.toMillis())
                    .setArgs(
                        List.of(
                            "--headless",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-background-networking")));
  }

  /** Skips the test where there is no browser, unless CARILLON_REQUIRE_BROWSER is true. */
  static Browser start() {
    boolean required = Boolean.parseBoolean(System.getenv("CARILLON_REQUIRE_BROWSER"));
    assumeTrue(required || Files.isExecutable(CHROMIUM), "no browser at " + CHROMIUM);
    return new Browser();
  }

  Page open(String url) {
    Page page = browser.newPage();
    page.setDefaultTimeout(Eventually.BOUND.toMillis());
    page.navigate(url);
    return page;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
