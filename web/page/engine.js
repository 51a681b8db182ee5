// The engine unpacked from the page itself, in as many workers as there are cores; one that does not answer is replaced.
const SLOWEST = 120_000;
const LARGEST = 256 * 1024 * 1024;

// Told when an engine begins anew, with nothing open in it.
let restarted = () => {};

export function onRestart(action) {
  restarted = action;
}

let module;
let workerSource;

async function unpack() {
  const text = document.getElementById("engine").textContent.trim();
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const bytes = await new Response(stream).arrayBuffer();
  document.getElementById("engine").textContent = "";
  return bytes;
}

class Engine {
  constructor() {
    this.waiting = new Map();
    this.number = 0;
    this.open = new Set();
  }

  async start() {
    const worker = new Worker(workerSource);
    this.worker = worker;
    await new Promise((resolve, reject) => {
      worker.onmessage = resolve;
      worker.onerror = reject;
      try {
        worker.postMessage({ module });
      } catch {
        reject(new Error("这个浏览器不能把引擎交给后台；请换用新版的 Edge、Chrome、Firefox 或 Safari"));
      }
    });
    worker.onmessage = ({ data }) => {
      const waiting = this.waiting.get(data.number);
      if (!waiting) return;
      this.waiting.delete(data.number);
      clearTimeout(waiting.timer);
      if (data.fault) {
        this.restart();
        waiting.resolve({ value: { error: "读取时出错，已停止；文件可能已损坏或被恶意构造。请用办公软件打开后另存一份" } });
      } else {
        waiting.resolve(data);
      }
    };
    return this;
  }

  restart() {
    this.worker.terminate();
    this.open.clear();
    for (const waiting of this.waiting.values()) {
      clearTimeout(waiting.timer);
      waiting.resolve({ value: { error: "同时读取的另一个文件出错，请重新放入这个文件" } });
    }
    this.waiting.clear();
    this.started = this.start().then(() => restarted(this));
  }

  async call(request, bytes) {
    await this.started;
    return this.ask(request, bytes);
  }

  ask(request, bytes) {
    return new Promise((resolve) => {
      const number = ++this.number;
      const timer = setTimeout(() => {
        this.waiting.delete(number);
        this.restart();
        resolve({ value: { error: `超过${SLOWEST / 1000}秒没有读完，已停止；请只保留绩效表，另存一份再试` } });
      }, SLOWEST);
      this.waiting.set(number, { resolve, timer });
      this.worker.postMessage({ number, request, bytes });
    });
  }
}

const engines = [];

export async function prepare() {
  if (!("DecompressionStream" in window) || !("WebAssembly" in window)) {
    throw new Error("这个浏览器太旧；请换用近四年的 Edge、Chrome、360、QQ、Firefox 或 Safari 浏览器");
  }
  const bytes = await unpack();
  module = await WebAssembly.compile(bytes);
  const source = document.getElementById("worker").textContent;
  workerSource = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const first = new Engine();
  first.started = first.start().catch(async () => {
    // Some browsers do not hand a compiled module over; its bytes go instead.
    module = bytes;
    return first.start();
  });
  await first.started;
  engines.push(first);
  const more = Math.min(7, Math.max(1, (navigator.hardwareConcurrency || 2) - 1));
  for (let index = 0; index < more; index += 1) {
    const engine = new Engine();
    engine.started = engine.start();
    engines.push(engine);
  }
}

// The first engine answers for reports; documents are spread over all.
export const home = () => engines[0];
export const all = () => engines;

export async function readable(file) {
  if (file.size > LARGEST) {
    return { error: `文件过大（${Math.ceil(file.size / 1048576)} MB，上限 256 MB）；请只保留绩效表，另存一份再试` };
  }
  try {
    return { bytes: new Uint8Array(await file.arrayBuffer()) };
  } catch {
    return { error: "文件打不开；可能已移走，或正被其他程序占用" };
  }
}
