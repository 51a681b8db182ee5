// One engine: takes a request with bytes, gives its answer with bytes.
let engine;

// Left over by crates that ask for the clock or for chance; nothing here calls them.
function imports(module) {
  const object = {};
  for (const { module: name, name: field, kind } of WebAssembly.Module.imports(module)) {
    object[name] ??= {};
    if (kind === "function") object[name][field] = () => 0;
  }
  return object;
}

function call(request, bytes) {
  const head = new TextEncoder().encode(JSON.stringify(request) + "\n");
  const length = head.length + (bytes ? bytes.length : 0);
  const input = engine.input(length) >>> 0;
  const memory = new Uint8Array(engine.memory.buffer, input, length);
  memory.set(head);
  if (bytes) memory.set(bytes, head.length);
  const answered = engine.call() >>> 0;
  const output = engine.output() >>> 0;
  const answer = new Uint8Array(engine.memory.buffer, output, answered);
  const size = new DataView(answer.buffer, output, 4).getUint32(0, true);
  const value = JSON.parse(new TextDecoder().decode(answer.subarray(4, 4 + size)));
  return { value, file: answer.slice(4 + size) };
}

self.onmessage = async ({ data }) => {
  if (data.module) {
    const module = data.module instanceof WebAssembly.Module ? data.module : await WebAssembly.compile(data.module);
    engine = (await WebAssembly.instantiate(module, imports(module))).exports;
    self.postMessage({ ready: true });
    return;
  }
  try {
    const { value, file } = call(data.request, data.bytes);
    self.postMessage({ number: data.number, value, file }, [file.buffer]);
  } catch (fault) {
    // A trap leaves the memory of the engine in an unknown state: the page ends this worker and starts another.
    self.postMessage({ number: data.number, fault: String(fault) });
  }
};
