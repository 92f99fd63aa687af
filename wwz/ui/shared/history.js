// Back takes one press a step. The framework adds a place to the history for every change of the link, also for what is no
// step of the visitor: the server marks those (`vervang`, see state.py), and they take the place of the one before.
(function (mark) {
  const push = history.pushState.bind(history);
  const replace = history.replaceState.bind(history);
  const clean = (url) => {
    const found = new URL(url ?? location.href, location.href);
    const marked = found.searchParams.has(mark);
    if (marked) found.searchParams.delete(mark);
    // Another screen is always a step, whatever its link looks like.
    const step = found.pathname !== location.pathname || (!marked && found.href !== location.href);
    return { url: marked ? found.href : url, step };
  };
  history.pushState = (state, title, url) => {
    const next = clean(url);
    if (next.step) document.dispatchEvent(new Event("wwz-stap"));
    (next.step ? push : replace)(state, title, next.url);
  };
  history.replaceState = (state, title, url) => replace(state, title, clean(url).url);
})("vervang");
