// Every visible text whose letters are smaller than so many pixels: its size, its element, and how it begins.
(least) => {
  const found = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const words = text.textContent.trim();
    const box = text.parentElement;
    if (!words || ["SCRIPT", "STYLE", "NOSCRIPT"].includes(box.tagName)) continue;
    if (!box.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const { width, height } = range.getBoundingClientRect();
    const size = parseFloat(getComputedStyle(box).fontSize);
    // What is only read aloud is a pixel wide.
    if (width > 2 && height > 2 && size < least) found.add(`${size} ${box.tagName} ${words.slice(0, 40)}`);
  }
  return [...found];
}
