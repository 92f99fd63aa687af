// Back takes one press a step. The framework adds a place to the history for every change of the link, also for what is no
// step of the visitor: the server marks those (`vervang`, see state.py), and they take the place of the one before.
(function (mark) {
  const push = history.pushState.bind(history);
  const replace = history.replaceState.bind(history);
  const clean = (url) => {
    const found = new URL(url ?? location.href, location.href);
    const marked = found.searchParams.has(mark);
    if (marked) found.searchParams.delete(mark);
    return { url: marked ? found.href : url, marked, same: found.href === location.href };
  };
  history.pushState = (state, title, url) => {
    const next = clean(url);
    (next.marked || next.same ? replace : push)(state, title, next.url);
  };
  history.replaceState = (state, title, url) => replace(state, title, clean(url).url);
})("vervang");
