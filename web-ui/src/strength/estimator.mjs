// Talks to strength.wasm. The worker does so, and the test that holds it against the server: plain JavaScript, so that
// Node runs what the browser runs.

export async function estimator(module, now) {
  // The only clock that is asked. It stands still: what counts is the year.
  const zxcvbn = { unix_time_milliseconds_imported: () => BigInt(now) };
  // What Rust's library asks of a system. It gets nothing, and a panic traps without a word.
  const nothing = () => 0;
  const wasi_snapshot_preview1 = Object.fromEntries(
    WebAssembly.Module.imports(module)
      .filter((wanted) => wanted.module === "wasi_snapshot_preview1")
      .map((wanted) => [wanted.name, nothing]),
  );
  const { exports } = await WebAssembly.instantiate(module, { zxcvbn, wasi_snapshot_preview1 });

  const put = (field, text) => {
    for (const character of text) exports.strength_put(field, character.codePointAt(0));
  };
  return ({ password, address, service, normalize }) => {
    put(0, normalize === "nfc" ? password.normalize("NFC") : password);
    put(1, address ?? "");
    put(2, service);
    const length = exports.strength_weigh();
    const octets = Array.from({ length }, (_, at) => exports.strength_answer(at));
    const [score, ...reasons] = String.fromCharCode(...octets).split(" ");
    return { score: Number(score), weak: reasons.length > 0, reasons };
  };
}
