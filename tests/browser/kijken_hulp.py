"""How long a visitor waits before looking."""


def settle(page):
    """Until nothing has changed for a moment: no script running on the server, and the same height twice."""
    page.wait_for_function(
        """() => {
          const main = document.querySelector("[data-testid=stMain]");
          const now = `${main.scrollHeight} ${main.innerText.length} ${document.querySelectorAll("[data-stale=true], [data-testid=stStatusWidget]").length}`;
          const quiet = window.wwzLast === now && now.endsWith(" 0");
          window.wwzLast = now;
          return quiet;
        }""",
        polling=350,
        timeout=60_000,
    )
