// The shapes of ../CONTRACT.md.

export interface Attachment {
  id: string;
  name: string;
  type: string;
  size: number;
  url?: string;
}

export interface QuickReply {
  title: string;
  payload?: string;
}

export interface Message {
  id: string;
  seq: number;
  clientId?: string;
  from: 'visitor' | 'agent' | 'system';
  name?: string;
  text?: string;
  at: string;
  status?: 'sent' | 'delivered' | 'read' | 'failed';
  attachments?: Attachment[];
  quickReplies?: QuickReply[];
}

export interface SessionAnswer {
  token: string;
  visitorId: string;
  cursor: number;
  unread: number;
  hasMore?: boolean;
  messages: Message[];
}

export interface MessagePage {
  messages: Message[];
  hasMore: boolean;
}

export interface SendAnswer {
  id: string;
  seq: number;
  clientId: string;
  at: string;
}

export interface UploadAnswer {
  id: string;
  url: string;
  headers?: Record<string, string>;
}

export interface PrechatField {
  name: string;
  label: string;
  type: 'text' | 'email' | 'tel';
  required?: boolean;
}

export interface Config {
  widget_position: 'bottom-right' | 'bottom-left' | 'top-right' | 'top-left';
  widget_color: string;
  widget_title: string;
  widget_subtitle: string;
  widget_icon: string;
  custom_css: string;
  auto_open: boolean;
  auto_open_delay: number;
  show_branding: boolean;
  locale?: string;
  dir?: 'ltr' | 'rtl';
  strings?: Record<string, string>;
  theme?: 'auto' | 'light' | 'dark';
  attachments?: { types?: string[]; max_bytes?: number; max_count?: number } | null;
  prechat?: { fields: PrechatField[] } | null;
  require_identity?: boolean;
  config_version?: string;
  variant?: string;
}
