export interface ServerEvent {
  type: string;
  data: string;
  id?: string;
}

/** Takes text as it comes and hands out whole events (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export function createEventParser(onEvent: (event: ServerEvent) => void): (chunk: string) => void {
  let rest = '';
  let event: ServerEvent = { type: 'message', data: '' };
  let lines: string[] = [];

  function take(line: string): void {
    if (line === '') {
      if (lines.length > 0) onEvent({ ...event, data: lines.join('\n') });
      event = { type: 'message', data: '' };
      lines = [];
      return;
    }
    const [, field, value] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
    if (field === 'data') lines.push(value);
    else if (field === 'event') event.type = value;
    else if (field === 'id') event.id = value;
  }

  return chunk => {
    rest += chunk;
    // A carriage return at the very end may be half of a line break that is still under way.
    const parts = rest.split(/\r\n|\n|\r(?!$)/);
    rest = parts.pop() ?? '';
    parts.forEach(take);
  };
}
