// Texts that would run code in a page that takes text for markup: known vectors, each in the surroundings that known
// attacks break out of. Every one of them would set `ran` on the page.

const run = "window.ran=1";

/** Vectors of the usual collections, by what they abuse. */
const vectors = [
  // Elements that run by themselves.
  `<script>${run}</script>`,
  `<script src="data:text/javascript,${run}"></script>`,
  `<script type=module>${run}</script>`,
  `<SCRIPT >${run}</SCRIPT >`,
  `<scr<script>ipt>${run}</scr</script>ipt>`,
  `<script>/**/${run}//</script x>`,
  `<iframe srcdoc="<script>parent.ran=1</script>"></iframe>`,
  `<iframe src="javascript:parent.ran=1"></iframe>`,
  `<object data="javascript:${run}"></object>`,
  `<object data="data:text/html,<script>parent.ran=1</script>"></object>`,
  `<embed src="javascript:${run}">`,
  `<meta http-equiv="refresh" content="0;url=javascript:${run}">`,
  `<base href="javascript:${run}//">`,
  `<link rel="stylesheet" href="javascript:${run}">`,
  `<link rel=import href="data:text/html,<script>${run}</script>">`,
  // Handlers.
  `<img src=x onerror=${run}>`,
  `<img src=x onerror="${run}">`,
  `<img/src=x/onerror=${run}>`,
  `<IMG SRC=x ONERROR=${run}>`,
  `<img src onerror =${run}>`,
  `<img src=x onerror=\n${run}>`,
  `<image src=x onerror=${run}>`,
  `<img src=x:x onerror='${run}' alt>`,
  `<svg onload=${run}>`,
  `<svg/onload=${run}>`,
  `<svg><script>${run}</script></svg>`,
  `<svg><script>&#119;indow.ran=1</script></svg>`,
  `<svg><animate onbegin=${run} attributeName=x dur=1s>`,
  `<svg><set onbegin=${run} attributeName=x>`,
  `<svg><a xlink:href="javascript:${run}"><text x=20 y=20>x</text></a></svg>`,
  `<svg><use href="data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg><script>parent.ran=1</script></svg>#x">`,
  `<svg><foreignObject><img src=x onerror=${run}></foreignObject></svg>`,
  `<math><mi xlink:href="javascript:${run}">x</mi></math>`,
  `<math><mtext><table><mglyph><style><img src=x onerror=${run}>`,
  `<body onload=${run}>`,
  `<frameset onload=${run}>`,
  `<video><source onerror=${run}></video>`,
  `<video src=x onerror=${run}></video>`,
  `<audio src=x onerror=${run}></audio>`,
  `<details open ontoggle=${run}>x</details>`,
  `<input autofocus onfocus=${run}>`,
  `<select autofocus onfocus=${run}></select>`,
  `<textarea autofocus onfocus=${run}></textarea>`,
  `<button autofocus onfocus=${run}>x</button>`,
  `<x tabindex=1 autofocus onfocus=${run}>x</x>`,
  `<marquee onstart=${run}>x</marquee>`,
  `<div onpointerenter=${run} style="position:fixed;inset:0">x</div>`,
  `<p onanimationstart=${run} class="animate-pulse">x</p>`,
  `<style onload=${run}></style>`,
  `<form><button formaction="javascript:${run}">x</button></form>`,
  `<isindex action="javascript:${run}" type=submit>`,
  // Addresses.
  `<a href="javascript:${run}">x</a>`,
  `<a href="java&#x09;script:${run}">x</a>`,
  `<a href="&#106;avascript:${run}">x</a>`,
  `<a href="data:text/html,<script>parent.ran=1</script>">x</a>`,
  `javascript:${run}`,
  `JaVaScRiPt:${run}`,
  `java\tscript:${run}`,
  `https://example.com/"onmouseover="${run}`,
  `[x](javascript:${run})`,
  `![x](x"onerror="${run})`,
  `[x]: javascript:${run}`,
  `<javascript:${run}>`,
  // Styles.
  `<style>@import'javascript:${run}';</style>`,
  `<div style="background:url(javascript:${run})">x</div>`,
  `<div style="width:expression(${run})">x</div>`,
  // Parsers that disagree.
  `<!--<img src="--><img src=x onerror=${run}//">`,
  `<noscript><p title="</noscript><img src=x onerror=${run}>">`,
  `<title><img title="</title><img src=x onerror=${run}>">`,
  `<xmp><p title="</xmp><svg/onload=${run}>">`,
  `<template><script>${run}</script></template>`,
  `<![CDATA[<img src=x onerror=${run}>]]>`,
  `<?xml-stylesheet href="javascript:${run}"?>`,
  `&lt;img src=x onerror=${run}&gt;`,
  `&#60;script&#62;${run}&#60;/script&#62;`,
  `%3Cscript%3E${run}%3C/script%3E`,
  `\\u003cscript\\u003e${run}\\u003c/script\\u003e`,
  `+ADw-script+AD4-${run}+ADw-/script+AD4-`,
  `＜script＞${run}＜/script＞`,
  // Templates and code.
  `{{constructor.constructor('${run}')()}}`,
  `{{$on.constructor('${run}')()}}`,
  `\${${run}}`,
  `#{${run}}`,
  `<%= ${run} %>`,
  `{"__html":"<img src=x onerror=${run}>"}`,
  `{"type":"script","props":{"dangerouslySetInnerHTML":{"__html":"${run}"}}}`,
];

/** What a text may have been put into. */
const surroundings = [
  (vector) => vector,
  (vector) => `">${vector}`,
  (vector) => `'>${vector}`,
  (vector) => `</script>${vector}`,
  (vector) => `</style></title></textarea>${vector}`,
  (vector) => `-->${vector}<!--`,
  (vector) => `*${vector}*`,
  (vector) => `hola _${vector}_ 👋🏽`,
  (vector) => `"};${vector};//`,
  (vector) => `مرحبا ${vector}`,
  (vector) => `https://example.com/?q=${vector}`,
  (vector) => `${vector}\n${vector}`,
];

/** `count` texts, no two alike. @throws When there are not so many. */
export function hostileTexts(count) {
  const texts = [...new Set(surroundings.flatMap((surround) => vectors.map(surround)))];
  if (texts.length < count) throw new Error(`Cannot make ${count} hostile texts: there are ${texts.length}`);
  return texts.slice(0, count);
}
