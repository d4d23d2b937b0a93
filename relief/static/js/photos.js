/* How does a photo leave a phone quickly? Made smaller before it is sent: 2,000 px, JPEG; EXIF stays behind. */
(() => {
  "use strict";
  const SMALL_ENOUGH = 700_000;

  async function smaller(file, longest) {
    if (!/^image\/(jpeg|png|webp|heic|heif)$/.test(file.type) || file.size < SMALL_ENOUGH) return file;
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
    const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
  }

  const size = (bytes) => (bytes > 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1e3))} kB`);

  const gathered = new WeakMap(); // a camera gives one photo at a time: with data-gather the earlier ones stay

  document.addEventListener("change", async (event) => {
    const input = event.target.closest("input[type=file][data-shrink]");
    const earlier = gathered.get(input) ?? [];
    if (!input || !(input.files.length || earlier.length)) return;
    const send = input.form?.querySelector("button[type=submit]");
    if (send) send.disabled = true;
    const before = [...earlier, ...input.files];
    const after = await Promise.all(before.map((file) => (earlier.includes(file) ? file : smaller(file, Number(input.dataset.shrink)).catch(() => file))));
    if ("gather" in input.dataset) gathered.set(input, after);
    const chosen = new DataTransfer();
    after.forEach((file) => chosen.items.add(file));
    input.files = chosen.files;
    if (send) send.disabled = false;
    const list = document.querySelector(`[data-chosen-for="${CSS.escape(input.id)}"]`);
    const shrunk = document.getElementById("relief-words").dataset.shrunk;
    list?.replaceChildren(...after.map((file, at) => Object.assign(document.createElement("li"), {
      textContent: `${file.name} · ${size(file.size)}${file === before[at] ? "" : ` · ${shrunk}`}`,
    })));
  });
})();
