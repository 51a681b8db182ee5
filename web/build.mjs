// Builds target/page/绩效复核.html: the engine as wasm, compressed, in one file with its scripts and style.
//
//   npm install --no-package-lock && node build.mjs
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const run = (program, ...words) => execFileSync(program, words, { stdio: "inherit", cwd: here("..") });

run("cargo", "build", "--quiet", "--package", "jixiao-web", "--target", "wasm32-unknown-unknown", "--profile", "page");
const target = process.env.CARGO_TARGET_DIR ?? here("../target");
const wasm = readFileSync(`${target}/wasm32-unknown-unknown/page/jixiao_web.wasm`);

// Measured: what wasm-opt takes away compresses worse afterwards, so that the page would grow by a hundredth.

const bundled = async (entry) => {
  const { outputFiles } = await build({
    entryPoints: [here(`page/${entry}`)], bundle: true, minify: true, format: "iife", charset: "utf8", target: "es2022", write: false,
  });
  // No text may end the element that the script stands in.
  return outputFiles[0].text.replaceAll("</script", "<\\/script");
};
const hash = (text) => `sha256-${createHash("sha256").update(text).digest("base64")}`;

const script = await bundled("main.js");
const style = readFileSync(here("page/style.css"), "utf8");
const pieces = {
  SCRIPT: script,
  SCRIPT_HASH: hash(script),
  STYLE: style,
  STYLE_HASH: hash(style),
  WORKER: await bundled("worker.js"),
  ENGINE: gzipSync(wasm, { level: 9 }).toString("base64"),
};
const page = readFileSync(here("page/page.html"), "utf8").replace(/\{\{(\w+)\}\}/g, (_, name) => pieces[name]);
mkdirSync(`${target}/page`, { recursive: true });
writeFileSync(`${target}/page/绩效复核.html`, page);
console.log(`target/page/绩效复核.html ${(page.length / 1e6).toFixed(2)} MB（wasm ${(wasm.length / 1e6).toFixed(2)} MB）`);
