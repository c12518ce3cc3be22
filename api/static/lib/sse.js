// Server-sent events over a fetch body (EventSource cannot POST).

function parse(block) {
  let event = "message";
  const data = [];
  for (const line of block.split("\n")) {
    if (line.startsWith("event:")) event = line.slice(6).trim();
    else if (line.startsWith("data:")) data.push(line.slice(line[5] === " " ? 6 : 5));
  }
  return data.length ? { event, data: JSON.parse(data.join("\n")) } : null;
}

/** Yield `{event, data}` from a stream of bytes; comments (keep-alive) are dropped. */
export async function* readEvents(body) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      rest = (rest + decoder.decode(value, { stream: true })).replaceAll("\r\n", "\n");
      let cut;
      while ((cut = rest.indexOf("\n\n")) >= 0) {
        const parsed = parse(rest.slice(0, cut));
        rest = rest.slice(cut + 2);
        if (parsed) yield parsed;
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}
