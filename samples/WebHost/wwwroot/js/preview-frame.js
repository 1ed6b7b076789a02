// Inside the preview: hands the settings that are being edited to the widget, and opens it so that they can be seen.

const queue = window.IntegrationsWidget ??= [];
queue.push(['open']);

// What the configuration of a live widget holds; the rest of the settings is for the host alone.
const SHOWN = ['widget_position', 'widget_color', 'widget_title', 'widget_subtitle', 'widget_icon', 'custom_css', 'show_branding'];

window.addEventListener('message', event => {
  if (event.origin !== location.origin || event.source !== parent || !event.data?.details) return;
  const shown = Object.fromEntries(SHOWN.filter(name => name in event.data.details).map(name => [name, event.data.details[name]]));
  window.IntegrationsWidget.push(['configure', { ...shown, strings: { greeting: event.data.details.welcome_message ?? '' } }]);
});
parent.postMessage('preview-ready', location.origin);
