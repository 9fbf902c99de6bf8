// Sources of regular expressions. Each takes all that it begins, to the end of the text if nothing closes it: so no
// character is looked at again and again.
const SLASHES = String.raw`\/\/[^\n]*`;
const BLOCK = String.raw`\/\*[\s\S]*?(?:\*\/|$)`;
const HASH = "#[^\\n]*";
const SHELL_HASH = String.raw`(?<![^\s;(])#[^\n]*`;
const DOUBLE = String.raw`"(?:[^"\\\n]|\\[\s\S])*"?`;
const SINGLE = String.raw`'(?:[^'\\\n]|\\[\s\S])*'?`;
const BACKTICK = "`(?:[^`\\\\]|\\\\[\\s\\S])*`?";
const RAW = "`[^`]*`?";
const TRIPLE = String.raw`"""[\s\S]*?(?:"""|$)`;
const TRIPLE_SINGLE = String.raw`'''[\s\S]*?(?:'''|$)`;
const CHARACTER = String.raw`'(?:\\[^'\n]{1,12}|[^'\\\n])'`;
const VERBATIM = '[@$]{1,2}"(?:[^"]|"")*"?';
const DOUBLED = "'(?:[^']|'')*'?";
const ANNOTATION = String.raw`@[\p{L}_][\p{L}\p{N}_.]*`;
const DIRECTIVE = String.raw`(?<![^\n])[ \t]*#[ \t]*\p{L}+`;
const VARIABLE = String.raw`\$\{[^}\n]*\}?|\$[\p{L}\p{N}_@#?*!]+`;
const TAG_NAME = String.raw`[\p{L}_:@][\p{L}\p{N}_:.-]*`;
const CSS_WORD = String.raw`-{0,2}[\p{L}_][\p{L}\p{N}_-]*`;
const YAML_WORD = String.raw`[\p{L}_][\p{L}\p{N}_./-]*`;
const DOCKER = "FROM|RUN|CMD|LABEL|EXPOSE|ENV|ADD|COPY|ENTRYPOINT|VOLUME|USER|WORKDIR|ARG|ONBUILD|STOPSIGNAL|HEALTHCHECK|SHELL|AS";

const C_COMMENTS = [["comment", SLASHES], ["comment", BLOCK]];
const C_WORDS =
  "auto break case char const continue default do double else enum extern float for goto if inline int long register return short signed sizeof static struct switch typedef union unsigned void volatile while bool";
const JAVASCRIPT =
  "async await break case catch class const continue debugger default delete do else export extends finally for from function get if import in instanceof let new of return set static super switch this throw try typeof var void while with yield";
const JAVA =
  "abstract assert boolean break byte case catch char class continue default do double else enum extends final finally float for if implements import instanceof int interface long new package private protected public record return sealed short static super switch synchronized this throw throws transient try var void volatile while yield";
const CONSTANTS = "true false null";

/**
 * What the languages are made of. `rules` are pairs of a token's kind and a regular expression, the first that fits decides;
 * null is plain text. `keywords` and `constants` are words, whatever their case if `anyCase` is set.
 */
export const LANGUAGES = {
  python: {
    rules: [["comment", HASH], ["string", `(?:[rbfuRBFU]{1,2}(?=["']))?(?:${TRIPLE}|${TRIPLE_SINGLE}|${DOUBLE}|${SINGLE})`], ["name", ANNOTATION]],
    keywords:
      "and as assert async await break case class continue def del elif else except finally for from global if import in is lambda match nonlocal not or pass raise return try while with yield",
    constants: "True False None self cls",
  },
  javascript: { rules: [...C_COMMENTS, ["string", `${DOUBLE}|${SINGLE}|${BACKTICK}`], ["name", ANNOTATION]], keywords: JAVASCRIPT, constants: `${CONSTANTS} undefined NaN Infinity` },
  typescript: {
    rules: [...C_COMMENTS, ["string", `${DOUBLE}|${SINGLE}|${BACKTICK}`], ["name", ANNOTATION]],
    keywords: `${JAVASCRIPT} abstract any as boolean declare enum implements interface is keyof namespace never number object private protected public readonly satisfies string type unknown`,
    constants: `${CONSTANTS} undefined NaN Infinity`,
  },
  java: { rules: [...C_COMMENTS, ["string", `${TRIPLE}|${DOUBLE}|${CHARACTER}`], ["name", ANNOTATION]], keywords: JAVA, constants: CONSTANTS },
  c: { rules: [...C_COMMENTS, ["string", `${DOUBLE}|${CHARACTER}`], ["name", DIRECTIVE]], keywords: C_WORDS, constants: `${CONSTANTS} NULL` },
  cpp: {
    rules: [...C_COMMENTS, ["string", `${DOUBLE}|${CHARACTER}`], ["name", DIRECTIVE]],
    keywords: `${C_WORDS} catch class concept constexpr consteval co_await co_return co_yield decltype delete explicit export final friend mutable namespace new noexcept operator override private protected public requires static_cast template this throw try typename using virtual`,
    constants: `${CONSTANTS} nullptr NULL`,
  },
  csharp: {
    rules: [...C_COMMENTS, ["string", `${VERBATIM}|${TRIPLE}|${DOUBLE}|${CHARACTER}`], ["name", DIRECTIVE]],
    keywords: `abstract as async await base bool break byte case catch char class const continue decimal default delegate do double else enum event explicit extern finally fixed float for foreach get goto if implicit in init int interface internal is lock long namespace new object operator out override params partial private protected public readonly record ref required return sbyte sealed set short sizeof static string struct switch this throw try typeof uint ulong using var virtual void when where while with yield`,
    constants: CONSTANTS,
  },
  go: {
    rules: [...C_COMMENTS, ["string", `${DOUBLE}|${RAW}|${CHARACTER}`]],
    keywords:
      "any bool break byte case chan const continue default defer else error fallthrough float64 for func go goto if import int int64 interface map package range return rune select string struct switch type uint uint64 var",
    constants: "true false nil iota",
  },
  rust: {
    rules: [...C_COMMENTS, ["string", `${DOUBLE}|${CHARACTER}`], ["name", String.raw`'[\p{L}_][\p{L}\p{N}_]*|#!?\[[^\]\n]*\]?`]],
    keywords:
      "as async await bool break char const continue crate dyn else enum extern f32 f64 fn for i32 i64 if impl in let loop match mod move mut pub ref return static str struct super trait type u8 u32 u64 unsafe use usize where while",
    constants: "true false self Self None Some Ok Err",
  },
  ruby: {
    rules: [["comment", HASH], ["string", `${DOUBLE}|${SINGLE}`], ["name", String.raw`@{1,2}[\p{L}_][\p{L}\p{N}_]*|(?<!:):[\p{L}_][\p{L}\p{N}_]*[?!]?`]],
    keywords:
      "alias and begin break case class def defined? do else elsif end ensure for if in include module next not or private protected public raise redo require rescue retry return super then undef unless until when while yield",
    constants: "true false nil self",
  },
  php: {
    rules: [["comment", String.raw`#(?!\[)[^\n]*`], ...C_COMMENTS, ["string", `${DOUBLE}|${SINGLE}`], ["name", VARIABLE]],
    keywords:
      "abstract and array as break callable case catch class clone const continue declare default do echo else elseif enum extends final finally fn for foreach function global if implements include instanceof interface match namespace new or php print private protected public readonly require require_once return static switch throw trait try use var while yield int string bool float void",
    constants: CONSTANTS,
    anyCase: true,
  },
  kotlin: {
    rules: [...C_COMMENTS, ["string", `${TRIPLE}|${DOUBLE}|${CHARACTER}`], ["name", ANNOTATION]],
    keywords:
      "abstract as break by class companion const constructor continue data do else enum external final finally for fun if import in init inline inner interface internal is lateinit object open operator out override package private protected public return sealed super suspend this throw try catch typealias val var when where while",
    constants: CONSTANTS,
  },
  swift: {
    rules: [...C_COMMENTS, ["string", `${TRIPLE}|${DOUBLE}`], ["name", String.raw`${ANNOTATION}|#[\p{L}]+`]],
    keywords:
      "actor as associatedtype async await break case catch class continue default defer deinit do else enum extension fallthrough fileprivate final for func guard if import in init inout internal is lazy let mutating open operator override private protocol public repeat required rethrows return static struct subscript super switch throw throws try typealias var weak where while",
    constants: "true false nil self Self",
  },
  sql: {
    rules: [["comment", "--[^\\n]*"], ["comment", BLOCK], ["string", DOUBLED], ["name", '"[^"\\n]*"?']],
    keywords:
      "add all alter and as asc begin between by cascade case check column commit constraint create cross database default delete desc distinct drop else end exists foreign from full function grant group having if in index inner insert into is join key left like limit not offset on or order outer over partition primary references returning right rollback select set table then transaction trigger union unique update using values view when where with bigint boolean char date decimal int integer json numeric serial text timestamp uuid varchar",
    constants: CONSTANTS,
    anyCase: true,
  },
  bash: {
    rules: [["comment", SHELL_HASH], ["string", String.raw`"(?:[^"\\]|\\[\s\S])*"?|'[^']*'?`], ["name", VARIABLE]],
    keywords: "case do done elif else esac exit export fi for function if in local readonly return select set shift source then trap until unset while alias cd echo eval exec sudo",
    constants: "true false",
  },
  json: { rules: [...C_COMMENTS, ["name", String.raw`"(?:[^"\\\n]|\\[\s\S])*"(?=\s*:)`], ["string", DOUBLE]], keywords: "", constants: CONSTANTS },
  yaml: {
    rules: [["comment", SHELL_HASH], ["string", `${DOUBLE}|(?<![^\\s,:[{])${DOUBLED}`], ["name", String.raw`${YAML_WORD}(?![^:])(?=:(?:\s|$))|[&*]${YAML_WORD}`], [null, YAML_WORD]],
    keywords: "",
    constants: "",
  },
  html: {
    rules: [["comment", "<!--[\\s\\S]*?(?:-->|$)"], ["keyword", String.raw`<\/?${TAG_NAME}|<[!?][^>\n]*>?|\/?>`], ["name", `${TAG_NAME}(?==)`], ["string", `(?<==)(?:"[^"]*"?|'[^']*'?)`], [null, TAG_NAME]],
    keywords: "",
    constants: "",
  },
  css: {
    rules: [["comment", BLOCK], ["string", `${DOUBLE}|${SINGLE}`], ["keyword", String.raw`@[\p{L}-]+|![\p{L}]+`], ["number", String.raw`#[\da-fA-F]{3,8}(?![\p{L}\p{N}_-])|\d[\d.]*(?:%|[\p{L}]+)?`], ["name", String.raw`${CSS_WORD}(?![\p{L}\p{N}_-])(?=\s*:)`], [null, CSS_WORD]],
    keywords: "",
    constants: "",
  },
  diff: {
    rules: [["keyword", String.raw`(?<![^\n])(?:@@|diff |index |\+\+\+ |--- )[^\n]*`], ["added", String.raw`(?<![^\n])\+[^\n]*`], ["removed", "(?<![^\\n])-[^\\n]*"], [null, "[^\\n]+"]],
    keywords: "",
    constants: "",
  },
  dockerfile: {
    rules: [["comment", String.raw`(?<![^\n])[ \t]*#[^\n]*`], ["string", `${DOUBLE}|${SINGLE}`], ["name", VARIABLE], ["keyword", String.raw`(?<![^\n])(?:${DOCKER})(?![\p{L}\p{N}_])`]],
    keywords: "",
    constants: "",
  },
};

export const ALIASES = {
  py: "python", python3: "python", pycon: "python", js: "javascript", jsx: "javascript", mjs: "javascript", node: "javascript", ts: "typescript", tsx: "typescript",
  h: "c", "c++": "cpp", cc: "cpp", cxx: "cpp", hpp: "cpp", "c#": "csharp", cs: "csharp", golang: "go", rs: "rust", rb: "ruby", kt: "kotlin", kts: "kotlin",
  sqlite: "sql", mysql: "sql", postgres: "sql", postgresql: "sql", psql: "sql", sh: "bash", shell: "bash", zsh: "bash", console: "bash", terminal: "bash",
  jsonc: "json", json5: "json", yml: "yaml", xml: "html", svg: "html", xhtml: "html", vue: "html", scss: "css", less: "css", patch: "diff", docker: "dockerfile",
};
