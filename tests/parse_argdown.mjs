// What Argdown's own parser makes of a file, as JSON: node parse_argdown.mjs PATH_OF_ARGDOWN_CORE FILE
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [core, file] = process.argv.slice(2);
const entry = createRequire(import.meta.url).resolve(core);
const { ArgdownApplication, DataPlugin, ModelPlugin, ParserPlugin } = await import(pathToFileURL(entry));
const application = new ArgdownApplication();
application.addPlugin(new ParserPlugin(), "parse-input");
application.addPlugin(new DataPlugin(), "build-model");
application.addPlugin(new ModelPlugin(), "build-model");
const input = readFileSync(file, "utf8");
const found = application.run({ input, process: ["parse-input", "build-model"], logLevel: "error", throwExceptions: true });

const members = (items) =>
  Object.values(items).map(({ title, members, data, tags }) => ({
    title,
    words: members.filter((one) => !one.isReference).map((one) => one.text),
    data,
    tags,
  }));
process.stdout.write(
  JSON.stringify({
    errors: [...(found.lexerErrors ?? []), ...(found.parserErrors ?? []), ...(found.exceptions ?? [])].map(String),
    sections: found.sections.map(({ title, data }) => ({ title, data })),
    statements: members(found.statements),
    arguments: members(found.arguments),
    relations: found.relations.map(({ relationType, from, to }) => [
      relationType, from.type, from.title, to.type, to.title,
    ]),
  })
);
