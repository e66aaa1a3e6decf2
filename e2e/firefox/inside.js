/*
 * What the driver does inside Firefox, with the rights of the browser itself. One expression: `driver.ts` sends it
 * as text together with the name of a function and its arguments. `id` is the extension's id, `where` says which
 * page is meant: `{ tab: 5 }`, `{ view: 'popup' }` or `{ view: 'background' }`.
 */
({
  parent() {
    return ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs').ExtensionParent;
  },
  tracker() {
    return this.parent().apiManager.global.tabTracker;
  },
  extension(id) {
    const policy = WebExtensionPolicy.getByID(id);
    if (!policy?.active) throw new Error(`The extension ${id} is not there`);
    return policy.extension;
  },
  windows() {
    return [...Services.wm.getEnumerator('navigator:browser')].filter(
      window => !window.closed && window.gBrowserInit?.delayedStartupFinished,
    );
  },
  front() {
    return Services.wm.getMostRecentWindow('navigator:browser');
  },
  nativeTab(id) {
    return this.tracker().getTab(id);
  },

  /** The <browser> element that shows a page, if it is there. */
  browserOf(id, where) {
    if (where.tab !== undefined) return this.nativeTab(where.tab).linkedBrowser;
    const extension = this.extension(id);
    if (where.view === 'background') return extension.backgroundContext?.xulBrowser;
    const wanted = view => view.viewType === where.view && view.active && view.xulBrowser?.isConnected;
    return [...extension.views].find(wanted)?.xulBrowser;
  },

  documentState(id, where) {
    const browser = this.browserOf(id, where);
    const global = browser?.browsingContext?.currentWindowGlobal;
    if (!global) return { url: '', document: 0, loaded: false };
    const { spec } = browser.currentURI;
    // The address is told a moment before the blank page that stood there is gone.
    const isThere = global.documentURI?.spec !== 'about:blank' || spec === 'about:blank';
    return {
      url: spec,
      document: global.innerWindowId,
      loaded: isThere && !browser.webProgress.isLoadingDocument && !global.isInitialDocument,
    };
  },

  /** Runs the body of an async function beside a page, with the rights of the browser: it sees `window` from outside. */
  async runBeside(id, where, body, args, timeout) {
    const global = this.browserOf(id, where)?.browsingContext?.currentWindowGlobal;
    if (!global) throw new Error(`No page at ${JSON.stringify(where)}`);
    const options = { async: false, file: 'test', line: 1, newSandbox: true, sandboxName: 'system', timeout };
    const script = `return (async (...args) => {${body}\n})(...arguments);`;
    return global.getActor('MarionetteCommands').executeScript(script, args, options);
  },
  /** Runs a script as the page's own, whatever its content security policy; it has to give a promise of a text. */
  evaluate(id, where, source, timeout) {
    const body = `
      const url = 'data:application/javascript;charset=utf-8,' + encodeURIComponent(args[0]);
      const script = await ChromeUtils.compileScript(url, { hasReturnValue: true });
      return script.executeInGlobal(window);`;
    return this.runBeside(id, where, body, [source], timeout);
  },

  listTabs() {
    return this.windows().flatMap(window => window.gBrowser.tabs.map(tab => this.tracker().getId(tab)));
  },
  openTab(url, userContextId = 0) {
    if (userContextId > 0) Services.prefs.setBoolPref('privacy.userContext.enabled', true);
    const window = this.front();
    const triggeringPrincipal = Services.scriptSecurityManager.getSystemPrincipal();
    const tab = window.gBrowser.addTab(url, { triggeringPrincipal, userContextId });
    window.gBrowser.selectedTab = tab;
    return this.tracker().getId(tab);
  },
  async openWindow(url, options = {}) {
    const before = new Set(this.windows());
    this.front().openTrustedLinkIn(url, 'window', options);
    const window = await this.until('a new window', () => this.windows().find(one => !before.has(one)));
    await this.until('the new window to be in front', () => this.front() === window);
    return this.tracker().getId(window.gBrowser.selectedTab);
  },
  goto(tab, url) {
    const triggeringPrincipal = Services.scriptSecurityManager.getSystemPrincipal();
    this.nativeTab(tab).linkedBrowser.fixupAndLoadURIString(url, { triggeringPrincipal });
  },
  reload(tab) {
    this.nativeTab(tab).linkedBrowser.reload();
  },
  closeTab(tab) {
    const native = this.nativeTab(tab);
    native.ownerDocument.defaultView.gBrowser.removeTab(native);
  },
  bringToFront(tab) {
    const native = this.nativeTab(tab);
    native.ownerDocument.defaultView.gBrowser.selectedTab = native;
    native.ownerDocument.defaultView.focus();
  },
  isInFront(tab) {
    const native = this.nativeTab(tab);
    return native.selected && this.front() === native.ownerDocument.defaultView;
  },
  async moveToNewWindow(tab) {
    const native = this.nativeTab(tab);
    const old = native.ownerDocument.defaultView;
    if (!old.gBrowser.replaceTabWithWindow(native)) throw new Error('The tab is alone in its window already');
    await this.until('the tab in its new window', () => {
      const window = this.tracker().getTab(tab, null)?.ownerDocument.defaultView;
      return (
        window && window !== old && window.gBrowserInit.delayedStartupFinished && this.front() === window
      );
    });
  },
  /** What `tabs.discard` does. A tab that is selected gives way to its neighbour first. */
  async discard(tab) {
    const native = this.nativeTab(tab);
    const { gBrowser } = native.ownerDocument.defaultView;
    if (native.selected) {
      const other = gBrowser.tabs.find(one => one !== native && one.linkedPanel);
      if (!other) throw new Error('Firefox does not discard the only tab of a window');
      gBrowser.selectedTab = other;
    }
    await gBrowser.prepareDiscardBrowser(native);
    if (!gBrowser.discardBrowser(native, true)) throw new Error('Firefox refused to discard the tab');
  },

  clipboard() {
    const { clipboard } = Services;
    const text = Cc['@mozilla.org/widget/transferable;1'].createInstance(Ci.nsITransferable);
    text.init(null);
    text.addDataFlavor('text/plain');
    if (!clipboard.hasDataMatchingFlavors(['text/plain'], clipboard.kGlobalClipboard)) return '';
    clipboard.getData(text, clipboard.kGlobalClipboard);
    const found = {};
    text.getTransferData('text/plain', found);
    return found.value.QueryInterface(Ci.nsISupportsString).data;
  },

  /** The widget of the extension in the toolbar of the front window, where a user would pin it. */
  widgetId(id) {
    return `${this.parent().apiManager.global.makeWidgetId(id)}-browser-action`;
  },
  pin(id) {
    const { CustomizableUI } = this.front();
    const widget = this.widgetId(id);
    if (CustomizableUI.getWidget(widget)?.provider !== CustomizableUI.PROVIDER_API) return;
    if (CustomizableUI.getPlacementOfWidget(widget)?.area !== 'nav-bar')
      CustomizableUI.addWidgetToArea(widget, 'nav-bar');
  },
  async toolbarButton(id) {
    this.pin(id);
    const window = this.front();
    return this.until('the toolbar button', () => {
      const node = window.CustomizableUI.getWidget(this.widgetId(id))?.forWindow(window)?.node;
      const inner = node?.querySelector('.unified-extensions-item-action-button');
      return inner?.getBoundingClientRect().width > 0 ? inner : undefined;
    });
  },
  async clickToolbarButton(id) {
    const window = this.front();
    const button = await this.toolbarButton(id);
    const { left, top, width, height } = button.getBoundingClientRect();
    const { event } = ChromeUtils.importESModule('chrome://remote/content/shared/webdriver/Event.sys.mjs');
    await event.synthesizeMouseAtPoint(left + width / 2, top + height / 2, {}, window);
  },
  /** Gives the keyboard to the button, and its middle on the screen. */
  async focusToolbarButton(id) {
    const { mozInnerScreenX, mozInnerScreenY } = this.front();
    const button = await this.toolbarButton(id);
    button.setAttribute('tabindex', '-1'); // as Firefox does when the user walks there by keys
    button.focus();
    const { left, top, width, height } = button.getBoundingClientRect();
    return { x: mozInnerScreenX + left + width / 2, y: mozInnerScreenY + top + height / 2 };
  },
  /** The extension's own entries in the context menu that is open: their middles on the screen, and which is chosen. */
  menuEntries(id) {
    const menu = this.front().document.getElementById('toolbar-context-menu');
    if (menu?.state !== 'open') return [];
    const prefix = this.widgetId(id).replace('-browser-action', '-menuitem-');
    const outer = menu.getOuterScreenRect();
    const inner = menu.getBoundingClientRect();
    return [...menu.querySelectorAll('menuitem')]
      .filter(item => item.id.startsWith(prefix))
      .map(item => {
        const { left, top, width, height } = item.getBoundingClientRect();
        return {
          x: outer.left + left - inner.left + width / 2,
          y: outer.top + top - inner.top + height / 2,
          isChosen: item.hasAttribute('_moz-menuactive'),
        };
      });
  },
  isPopupShown(id) {
    return this.browserOf(id, { view: 'popup' })?.closest('panel')?.state === 'open';
  },
  closePopup(id) {
    this.browserOf(id, { view: 'popup' })?.closest('panel')?.hidePopup();
  },

  base(id) {
    return this.extension(id).baseURL;
  },
  openOptions(id) {
    const { optionsPageProperties } = this.extension(id);
    if (!optionsPageProperties?.page) throw new Error('The extension has no options page');
    return this.openTab(optionsPageProperties.page);
  },
  workerState(id) {
    const policy = WebExtensionPolicy.getByID(id);
    if (!policy?.active) return 'absent';
    const { extension } = policy;
    // Not set yet while the extension itself is starting.
    if (extension.backgroundState === undefined) return 'starting';
    if (extension.backgroundState === 'running') return extension.backgroundContext ? 'running' : 'starting';
    const startsByItself =
      extension.startupReason !== 'APP_STARTUP' ||
      extension.persistentListeners?.get('runtime')?.get('onStartup')?.size;
    return extension.backgroundState === 'stopped' && !startsByItself ? 'resting' : extension.backgroundState;
  },
  wakeWorker(id) {
    return this.extension(id).wakeupBackground?.();
  },
  async killWorker(id) {
    const extension = this.extension(id);
    const options = { ignoreDevToolsAttached: true, disableResetIdleForTest: true };
    this.killed = extension.backgroundContext;
    await extension.terminateBackground(options);
  },
  /** Whether the one that was killed is gone. An event may have woken another one by now. */
  workerIsGone(id) {
    const { backgroundContext } = this.extension(id);
    return !backgroundContext || backgroundContext !== this.killed;
  },
  addons() {
    return ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs').AddonManager;
  },
  async reloadExtension(id) {
    await (await this.addons().getAddonByID(id)).reload();
  },
  async disableExtension(id) {
    await (await this.addons().getAddonByID(id)).disable();
  },
  async enableExtension(id) {
    await (await this.addons().getAddonByID(id)).enable();
  },
  async removeExtension(id) {
    await (await this.addons().getAddonByID(id)).uninstall();
  },
  /** What about:addons does at its switches: `change` is `add` or `remove`. */
  async changePermissions(id, change, permissions, origins) {
    const url = 'resource://gre/modules/ExtensionPermissions.sys.mjs';
    const { ExtensionPermissions } = ChromeUtils.importESModule(url);
    await ExtensionPermissions[change](id, { permissions, origins }, this.extension(id));
  },
  /** The access keys of the extension's question in the front window, if it is there. */
  promptKeys() {
    const { PopupNotifications } = this.front();
    const [shown] = PopupNotifications.panel.childNodes;
    const notification = PopupNotifications.isPanelOpen ? shown?.notification : undefined;
    if (!notification?.id.startsWith('addon-')) return undefined;
    return { allow: notification.mainAction.accessKey, deny: notification.secondaryActions[0].accessKey };
  },
  async addonVersion(id) {
    return (await this.addons().getAddonByID(id))?.version ?? '';
  },
  async update(file) {
    const target = Cc['@mozilla.org/file/local;1'].createInstance(Ci.nsIFile);
    target.initWithPath(file);
    const install = await this.addons().getInstallForFile(target);
    if (install.error) throw new Error(`Firefox refuses the update: error ${install.error}`);
    return new Promise((resolve, reject) => {
      install.addListener({
        onInstallEnded: () => resolve('installed'),
        onInstallPostponed: () => resolve('postponed'),
        onInstallFailed: () => reject(new Error(`The update failed: error ${install.error}`)),
        onInstallCancelled: () => reject(new Error('The update was cancelled')),
      });
      install.install();
    });
  },

  async screenshot(id, where) {
    const size = 'return [document.documentElement.scrollWidth, document.documentElement.scrollHeight];';
    const [width, height] = await this.runBeside(id, where, size, [], 10_000);
    const browser = this.browserOf(id, where);
    const ownerGlobal = browser.ownerDocument.defaultView;
    const { currentWindowGlobal } = browser.browsingContext;
    const scale = ownerGlobal.devicePixelRatio;
    const rect = new ownerGlobal.DOMRect(0, 0, width, height);
    const bitmap = await currentWindowGlobal.drawSnapshot(rect, scale, 'white');
    const canvas = ownerGlobal.document.createElementNS('http://www.w3.org/1999/xhtml', 'canvas');
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
    canvas.getContext('2d').drawImage(bitmap, 0, 0);
    return canvas.toDataURL('image/png').split(',')[1];
  },

  /** Prints what the extension's processes log, now and later, each as a line `mark` + JSON on standard output. */
  async listen(id, mark, script) {
    // A changed file is taken up while Firefox starts: the old extension is there, goes, and the new one comes.
    await this.until('the extension', () => WebExtensionPolicy.getByID(id)?.active);
    const base = this.base(id);
    const source = `(${script})(${JSON.stringify(base)}, ${JSON.stringify(mark)})`;
    Services.ppmm.loadProcessScript(`data:application/javascript,${encodeURIComponent(source)}`, true);
  },
  quit() {
    const window = this.front();
    window.setTimeout(() => window.document.getElementById('cmd_quitApplication').doCommand(), 0);
  },
  version() {
    return Services.appinfo.version;
  },

  /** A condition inside the browser; `driver.ts` limits the time of the whole command as well. */
  async until(what, ask) {
    const { setTimeout } = ChromeUtils.importESModule('resource://gre/modules/Timer.sys.mjs');
    const limit = Date.now() + 15_000;
    for (;;) {
      const answer = ask();
      if (answer) return answer;
      if (Date.now() > limit) throw new Error(`Waited in vain for ${what}`);
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  },
});
