(function () {
  // Search: a turn is found when every word stands in it, without regard to case and accents. What
  // was said is searched as it is, by patterns that allow for both: an index would first have to be
  // made, while somebody waits. Work is done in slices, so that no frame waits for it.
  var form = document.getElementById("search-form");
  if (form === null)
    return;
  var PAGE = 50, SLICE_MS = 10, TYPING_MS = 30;
  var input = form.querySelector("input"), status = form.querySelector("[role=status]");
  var results = document.getElementById("search-results");

  // ---- what is searched: the first line of the index is its head, each other one a source ----

  var index = document.getElementById("search-index").textContent;
  var next = index.indexOf("\n") + 1, data = JSON.parse(index.slice(0, next) + "]}");
  var turns = [], nSources = 0;

  function anchorOf(t) {
    return typeof t.turn[0] === "string" ? t.turn[0] : "s" + t.number + "." + t.turn[0];
  }
  // The words of a turn, without the names of codes between them.
  function wordsOf(said) {
    var text = "";
    if (said.childElementCount === 0)
      return said.textContent;
    for (var node = said.firstChild; node !== null; node = node.nextSibling)
      if (node.nodeType === 3)
        text += node.data;
      else if (node.localName === "br")
        text += "\n";
      else if (!node.classList.contains("chip"))
        text += wordsOf(node);
    return text;
  }
  // In one page the words stand in the transcript.
  function textOf(t) {
    if (t.text === null)
      t.text = t.turn[2] !== 0 ? t.turn[2] : wordsOf(t.element.lastChild);
    return t.text;
  }
  // False: there is no further source.
  function load() {
    var end = index.indexOf("\n", next), source, elements;
    if (end <= next)
      return false;
    source = JSON.parse(index.slice(next, index[end - 1] === "," ? end - 1 : end));
    next = end + 1;
    nSources++;
    elements = data.folder ? [] : document.getElementById(source[0]).querySelectorAll(".turn");
    source[2].forEach(function (turn, i) {
      turns.push({ source: source, number: nSources, turn: turn, element: elements[i], text: null });
    });
    return true;
  }

  // ---- patterns ----

  function plain(text) {
    return text.normalize("NFD").replace(/[\p{M}\u00ad]+/gu, "").toLowerCase();
  }
  // Letters with accents by the letter that they are without: "e" → "éèê…".
  var accented = null;
  function accentedOf(letter) {
    if (accented === null) {
      accented = new Map();
      [[0xc0, 0x2000], [0x3040, 0x3100], [0xfb1d, 0xfb50]].forEach(function (range) {
        for (var code = range[0]; code < range[1]; code++) {
          var c = String.fromCharCode(code), p = plain(c);
          if (p.length === 1 && p !== c.toLowerCase())
            accented.set(p, (accented.get(p) || "") + c);
        }
      });
    }
    return accented.get(letter) || "";
  }
  function patternOf(words) {
    return Array.from(words.normalize("NFC").trim().replace(/\s+/g, " "), function (c) {
      var letter = plain(c), others = accentedOf(letter);
      if (c === " ")
        return "\\s+";
      if (letter === "")
        return "";
      return (others !== "" ? "[" + letter + others + "]" : c.replace(/[$(-+./?[-^{|}]/, "\\$&")) + "[\\p{M}\\u00ad]*";
    }).join("");
  }
  function parse(query) {
    var patterns = [];
    query.replace(/["\u00ab\u201c\u201e]([^"\u00bb\u201d\u201c]+)["\u00bb\u201d\u201c]|(\S+)/g, function (all, phrase, word) {
      var pattern = patternOf(phrase !== undefined ? phrase : word);
      if (pattern !== "")
        patterns.push(new RegExp(pattern, "iu"));
    });
    return patterns;
  }

  // ---- a search ----

  function passageAgrees(passage, selects) {
    return selects.every(function (s) {
      switch (s.dataset.key) {
      case "code": return data.codes[passage[0]][0] === s.value;
      case "status": return (passage[1] === 1 ? "accepted" : "proposed") === s.value;
      case "stance": return s.value === "0" ? passage[2] === 0 : (passage[2] & s.value) !== 0;
      case "rules": return String(passage[3]) === s.value;
      default: return true;
      }
    });
  }
  function agrees(t, task) {
    return (task.group === undefined || String(t.turn[1]) === task.group.value)
      && (task.others.length === 0 || t.turn[3].some(function (p) { return passageAgrees(p, task.others); }))
      && task.patterns.every(function (p) { return p.test(textOf(t)); });
  }
  // True: nothing is left to search.
  function scan(task, deadline) {
    do {
      for (var i = 0; i < 32; i++) {
        while (task.at === turns.length)
          if (!load())
            return true;
        if (agrees(turns[task.at], task))
          task.found.push(turns[task.at]);
        task.at++;
      }
    } while (performance.now() < deadline);
    return false;
  }

  // A timer would wait four milliseconds each time.
  var channel = new MessageChannel(), current = null, isIdle = true;
  channel.port1.onmessage = function () { run(current); };
  function run(task) {
    if (task === null)
      return;
    var isDone = scan(task, performance.now() + SLICE_MS);
    if (!task.isShown && (isDone || task.found.length >= PAGE)) {
      task.isShown = true;
      results.textContent = "";
      results.hidden = task.found.length === 0;
      show(task);
    }
    if (!isDone) {
      channel.port2.postMessage(0);
      return;
    }
    current = null;
    results.removeAttribute("aria-busy");
    status.textContent = status.dataset.found + " " + task.found.length;
    offerMore(task);
  }
  function search() {
    var patterns = parse(input.value), selects = Array.from(form.querySelectorAll("select")).filter(function (s) { return s.value !== ""; });
    var isNew = current === null;
    clearTimeout(typing);
    if (patterns.length + selects.length === 0) {
      current = null;
      status.textContent = results.textContent = "";
      results.hidden = true;
      results.removeAttribute("aria-busy");
      offerMore(null);
      return;
    }
    current = {
      patterns: patterns, at: 0, found: [], shown: 0, isShown: false,
      group: selects.find(function (s) { return s.dataset.key === "group"; }),
      others: selects.filter(function (s) { return s.dataset.key !== "group"; })
    };
    results.setAttribute("aria-busy", "true");
    // Another that is under way goes on with this one.
    if (isNew)
      run(current);
  }

  // ---- results ----

  function spans(text, patterns) {
    var out = [];
    patterns.forEach(function (p) {
      Array.from(text.matchAll(new RegExp(p.source, "giu")), function (m) { out.push([m.index, m.index + m[0].length]); });
    });
    return out.sort(function (a, b) { return a[0] - b[0]; });
  }
  function excerpt(text, patterns, into) {
    var marks = spans(text, patterns), from = 0, to = text.length, at;
    if (text.length > 400) {
      from = marks.length > 0 ? Math.max(0, text.lastIndexOf(" ", Math.max(0, marks[0][0] - 120))) : 0;
      to = text.indexOf(" ", Math.min(text.length - 1, from + 400));
      to = to < 0 ? text.length : to;
    }
    at = from;
    into.append(from > 0 ? "… " : "");
    marks.forEach(function (m) {
      if (m[0] < at || m[1] > to)
        return;
      into.append(text.slice(at, m[0]));
      var b = document.createElement("b");
      b.textContent = text.slice(m[0], m[1]);
      into.append(b);
      at = m[1];
    });
    into.append(text.slice(at, to) + (to < text.length ? " …" : ""));
  }
  function element(name, parent, text, dir) {
    var e = document.createElement(name);
    if (text !== undefined)
      e.textContent = text;
    if (dir)
      e.dir = dir;
    parent.append(e);
    return e;
  }
  function showTurn(t, patterns) {
    var li = element("li", results), turn = t.turn;
    excerpt(textOf(t).replace(/\s+/g, " "), patterns, element("blockquote", li, undefined, "auto"));
    var cite = element("p", li);
    cite.className = "cite";
    var a = element("a", cite);
    a.href = (data.folder ? t.source[0] + ".html" : "") + "#" + anchorOf(t);
    element("bdi", a, t.source[1]);
    a.append(typeof turn[0] === "string" ? " " + turn[0] : " ¶" + turn[0]);
    cite.append(" · ");
    element("bdi", cite, turn[1] < 0 ? data.interviewer : data.groups[turn[1]]);
    var codes = turn[3].map(function (p) { return data.codes[p[0]][1]; });
    codes.filter(function (c, i) { return codes.indexOf(c) === i; }).forEach(function (c) {
      cite.append(" · ");
      element("bdi", cite, c);
    });
  }
  function show(task) {
    var end = Math.min(task.found.length, task.shown + PAGE);
    for (; task.shown < end; task.shown++)
      showTurn(task.found[task.shown], task.patterns);
  }
  var more = null;
  function offerMore(task) {
    if (more !== null)
      more.remove();
    more = null;
    if (task === null || task.shown >= task.found.length)
      return;
    more = element("button", results.parentElement, status.dataset.more);
    more.type = "button";
    more.addEventListener("click", function () {
      var first = task.shown;
      show(task);
      offerMore(task);
      results.children[first].querySelector("a").focus();
    });
    results.after(more);
  }

  // ---- events ----

  var typing = 0;
  form.addEventListener("submit", function (event) { event.preventDefault(); search(); });
  form.addEventListener("change", search);
  input.addEventListener("input", function () {
    clearTimeout(typing);
    typing = setTimeout(search, TYPING_MS);
  });
  form.reset();
  form.hidden = false;
  document.getElementById("search-hint").hidden = false;
  document.getElementById("search-without").hidden = true;

  // Words are fetched while nobody waits for anything.
  var fetched = 0;
  function whenIdle(f) { return window.requestIdleCallback ? requestIdleCallback(f) : setTimeout(f, 50); }
  function fetch() {
    for (var end = performance.now() + SLICE_MS; performance.now() < end;) {
      if (fetched === turns.length && !load())
        return;
      if (fetched < turns.length)
        textOf(turns[fetched++]);
    }
    whenIdle(fetch);
  }
  whenIdle(fetch);
}());
