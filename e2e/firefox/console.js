/*
 * Runs in each process of Firefox, sent as text by `console.ts`. Prints what the pages of the extension at `base` log
 * and the errors that nobody caught, each as `mark` + JSON on a line of standard output.
 */
(base, mark) => {
  const print = (level, text) => dump(`${mark}${JSON.stringify(`${level}: ${text}`)}\n`);
  const textOf = value => {
    try {
      const bare = Cu.waiveXrays(value);
      if (typeof bare === 'string') return bare;
      if (typeof bare?.stack === 'string') return `${bare.name}: ${bare.message}`;
      return JSON.stringify(bare) ?? String(bare);
    } catch (error) {
      return `(unprintable: ${error})`;
    }
  };
  const isOurs = name => String(name).startsWith(base);
  const logged = event => {
    if (isOurs(event.filename)) print(event.level, [...event.arguments].map(textOf).join(' '));
  };
  const reported = message => {
    if (!(message instanceof Ci.nsIScriptError) || !isOurs(message.sourceName)) return;
    if (message.flags & Ci.nsIScriptError.warningFlag) return;
    print('uncaught', message.errorMessage);
  };

  const storage = Cc['@mozilla.org/consoleAPI-storage;1'].getService(Ci.nsIConsoleAPIStorage);
  for (const event of storage.getEvents()) logged(event);
  const system = Cc['@mozilla.org/systemprincipal;1'].createInstance(Ci.nsIPrincipal);
  storage.addLogEventListener(logged, system);
  // Each process passes its errors on to the parent.
  if (Services.appinfo.processType !== Services.appinfo.PROCESS_TYPE_DEFAULT) return;
  for (const message of Services.console.getMessageArray()) reported(message);
  Services.console.registerListener({ observe: reported });
};
