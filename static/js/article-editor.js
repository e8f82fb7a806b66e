// Writing an article: the editor in place of the box, and what is typed kept every few seconds. Without this script the
// box takes a few signs, and every button still saves. The editor is django-prose-editor's; its bar of buttons is ours,
// because the site's policy lets nobody put styles into a page.
(() => {
  "use strict";

  const library = new URL("../django_prose_editor/editor.js", document.currentScript.src);
  const isEnglish = document.documentElement.lang.startsWith("en");
  const say = (thai, english) => (isEnglish ? english : thai);
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  // ── The editor ───────────────────────────────────────────────────────────────────────────

  const BUTTONS = [
    { face: "B", words: say("ตัวหนา", "Strong"), keys: "Ctrl+B", mark: "bold", run: (chain) => chain.toggleBold() },
    { face: "I", words: say("เน้น", "Emphasis"), keys: "Ctrl+I", mark: "italic", run: (chain) => chain.toggleItalic() },
    { face: say("หัวข้อ", "Heading"), words: say("หัวข้อ", "Heading"), mark: ["heading", { level: 2 }], run: (chain) => chain.toggleHeading({ level: 2 }) },
    { face: say("หัวข้อย่อย", "Subheading"), words: say("หัวข้อย่อย", "Subheading"), mark: ["heading", { level: 3 }], run: (chain) => chain.toggleHeading({ level: 3 }) },
    { face: "•", words: say("รายการ", "List"), mark: "bulletList", run: (chain) => chain.toggleBulletList() },
    { face: say("๑.", "1."), words: say("รายการลำดับเลข", "Numbered list"), mark: "orderedList", run: (chain) => chain.toggleOrderedList() },
    { face: "❝", words: say("คำพูด", "Quotation"), mark: "blockquote", run: (chain) => chain.toggleBlockquote() },
    { face: say("ลิงก์", "Link"), words: say("ลิงก์", "Link"), keys: "Ctrl+K", mark: "link", asks: true },
    { face: "↶", words: say("เลิกทำ", "Undo"), keys: "Ctrl+Z", run: (chain) => chain.undo() },
    { face: "↷", words: say("ทำซ้ำ", "Redo"), keys: "Ctrl+Y", run: (chain) => chain.redo() },
  ];
  const SELECTED = 50; // milliseconds
  const ADDRESS = /^(https?:\/\/|mailto:|tel:|\/)[^\s<>"]+$/i;

  // The library's own focus() comes a frame later, and would take the cursor from whoever has gone on to the next box.
  const act = (editor, run) => {
    run(editor.chain()).run();
    editor.view.focus();
  };

  function bar(editor, box) {
    const row = make("div", { class: "prose-bar", role: "toolbar", "aria-label": say("จัดรูปแบบข้อความ", "Format the text") });
    const line = linkLine(editor);
    for (const button of BUTTONS) {
      const label = button.keys ? `${button.words} (${button.keys})` : button.words;
      const face = make("span", { "aria-hidden": "true" }, button.face);
      const name = make("span", { class: "visually-hidden" }, label);
      const element = make("button", { type: "button", class: "prose-button", title: label }, face, name);
      if (button.mark) element.setAttribute("aria-pressed", "false");
      element.addEventListener("click", () => (button.asks ? line.open() : act(editor, button.run)));
      button.element = element;
      row.append(element);
    }
    const show = () => {
      for (const { element, mark } of BUTTONS) {
        if (mark) element.setAttribute("aria-pressed", String(Array.isArray(mark) ? editor.isActive(...mark) : editor.isActive(mark)));
      }
    };
    editor.on("transaction", show);
    box.prepend(row, line.element);
    box.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      // The editor hears of a selection made by keys a moment after the keys.
      setTimeout(line.open, SELECTED);
    });
  }

  function linkLine(editor) {
    const field = make("input", { type: "url", class: "form-control", "aria-label": say("ที่อยู่ของลิงก์", "Address of the link") });
    const fault = make("span", { class: "errorlist", role: "alert" });
    const set = make("button", { type: "button", class: "btn btn-quiet btn-sm" }, say("ใส่ลิงก์", "Set"));
    const off = make("button", { type: "button", class: "btn btn-quiet btn-sm" }, say("เอาลิงก์ออก", "Remove"));
    const element = make("div", { class: "prose-link" }, field, set, off, fault);
    element.hidden = true;
    const close = () => {
      element.hidden = true;
      fault.textContent = "";
      editor.view.focus();
    };
    const put = () => {
      const typed = field.value.trim();
      const href = /^[\w-]+(\.[\w-]+)+/.test(typed) ? `https://${typed}` : typed;
      if (!ADDRESS.test(href)) {
        fault.textContent = say("พิมพ์ที่อยู่ที่ขึ้นต้นด้วย https://", "Type an address that begins with https://");
        field.focus();
        return;
      }
      const chain = editor.chain().extendMarkRange("link");
      if (editor.state.selection.empty && !editor.isActive("link")) {
        chain.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run();
      } else chain.setMark("link", { href }).run();
      close();
    };
    set.addEventListener("click", put);
    off.addEventListener("click", () => {
      editor.chain().extendMarkRange("link").unsetMark("link").run();
      close();
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") put();
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    const open = () => {
      field.value = editor.getAttributes("link").href || "";
      element.hidden = false;
      field.focus();
      field.select();
    };
    return { element, open };
  }

  async function begin(box) {
    const area = box.querySelector("textarea");
    const form = box.querySelector("[data-prose-form]");
    const { Editor, ...kit } = await import(library);
    const { Document, Paragraph, Text, HardBreak, Bold, Italic, Heading, BulletList, OrderedList, ListItem, Blockquote, Link, History, NoSpellCheck } = kit;
    // The address is asked for in our own line, not in a window of the library.
    const OwnLink = Link.extend({ addKeyboardShortcuts: () => ({}) });
    const room = make("div", { class: "prose-room article-body" });
    const label = document.querySelector(`label[for="${area.id}"]`);
    if (label && !label.id) label.id = `${area.id}_label`;
    const editor = new Editor({
      element: room,
      injectCSS: false,
      content: box.querySelector("[data-prose-html]").innerHTML,
      extensions: [Document, Paragraph, Text, HardBreak, Bold, Italic, Heading.configure({ levels: [2, 3] }), BulletList, OrderedList, ListItem, Blockquote, OwnLink, History, NoSpellCheck],
      editorProps: {
        attributes: {
          role: "textbox",
          "aria-multiline": "true",
          ...(label ? { "aria-labelledby": label.id } : { "aria-label": say("เนื้อข่าว", "Text") }),
          ...(area.classList.contains("is-invalid") ? { "aria-invalid": "true" } : {}),
        },
      },
      onUpdate: () => {
        area.value = editor.isEmpty ? "" : editor.getHTML();
        area.dispatchEvent(new Event("input", { bubbles: true }));
      },
    });
    // What was kept of an unsaved form comes back into the box that the editor stands for.
    area.addEventListener("kept-draft", () => editor.commands.setContent(area.value, true));
    form.value = "html";
    area.value = editor.isEmpty ? "" : editor.getHTML();
    area.hidden = true;
    box.querySelector("[data-prose-signs]").hidden = true;
    box.classList.add("is-taken-over");
    area.after(room);
    bar(editor, box);
    if (label) label.addEventListener("click", () => editor.view.focus());
  }

  // ── What is typed is kept, and a session that ended costs nothing ────────────────────────

  const PAUSE = 3000; // milliseconds after the last letter
  // In production a cookie's name says that it is of this host alone.
  const cookie = (name) => {
    const pairs = document.cookie.split("; ");
    return pairs.find((pair) => pair.startsWith(`__Host-${name}=`) || pair.startsWith(`${name}=`))?.split("=")[1] ?? "";
  };

  function keep(writing) {
    const form = writing.closest("form");
    const state = writing.querySelector("[data-writing-state]");
    let timer = 0;
    let isChecked = false;

    // Whoever has signed in anew in another window has a new one.
    const token = () => cookie("csrftoken") || form.querySelector("[name=csrfmiddlewaretoken]").value;
    const send = async () => {
      const data = new FormData();
      for (const name of ["title", "lead", "text", "text-form"]) data.append(name, form.elements[name]?.value ?? "");
      return fetch(writing.dataset.writing, { method: "POST", body: data, redirect: "manual", headers: { "X-CSRFToken": token() } });
    };
    const isSignedOut = (answer) => answer.type === "opaqueredirect" || answer.status === 403;
    const signedOut = () => {
      state.className = "alert alert-danger writing-state";
      state.replaceChildren(
        say("การเข้าสู่ระบบหมดเวลา ข้อความยังอยู่ในหน้านี้ ", "You have been signed out. What you typed is still here. "),
        make("a", { href: writing.dataset.signIn, target: "_blank", rel: "noopener" }, say("เข้าสู่ระบบในหน้าต่างใหม่", "Sign in in a new window")),
        say(" แล้วกดบันทึกอีกครั้ง", ", then press save again."),
      );
    };
    const note = async () => {
      try {
        const answer = await send();
        if (isSignedOut(answer)) return signedOut();
        if (answer.status !== 204) return;
        const time = new Date().toLocaleTimeString(isEnglish ? "en-GB" : "th-TH-u-nu-thai", { hour: "2-digit", minute: "2-digit" });
        state.className = "form-text writing-state";
        state.textContent = say(`เก็บข้อความที่พิมพ์ไว้แล้ว ${time.replace(":", ".")} น. ยังไม่ได้บันทึกเป็นฉบับ`, `What you typed is kept since ${time}; it is no version yet.`);
      } catch {
        state.textContent = say("ติดต่อระบบไม่ได้ ข้อความยังอยู่ในหน้านี้", "The system cannot be reached; what you typed is still here.");
      }
    };
    form.addEventListener("input", (event) => {
      if (!["title", "lead", "text"].includes(event.target.name)) return;
      clearTimeout(timer);
      timer = setTimeout(note, PAUSE);
    });
    form.addEventListener("submit", async (event) => {
      clearTimeout(timer);
      if (isChecked) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const button = event.submitter;
      try {
        if (isSignedOut(await send())) return signedOut();
      } catch {
        // Then the sending itself says what is wrong.
      }
      if (cookie("csrftoken")) form.querySelector("[name=csrfmiddlewaretoken]").value = cookie("csrftoken");
      isChecked = true;
      form.requestSubmit(button);
      setTimeout(() => (isChecked = false));
    }, true);
  }

  for (const box of document.querySelectorAll("[data-prose]")) begin(box).catch(() => box.classList.remove("is-taken-over"));
  for (const writing of document.querySelectorAll("[data-writing]")) keep(writing);
})();
