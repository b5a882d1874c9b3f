/** A menu entry of a plugin's manifest. */
export interface MenuItem {
  readonly name?: string;
  readonly command?: string;
  readonly separator?: boolean;
  readonly menu?: readonly MenuItem[];
  readonly parameters?: readonly Parameter[];
}

/** A question that quick actions ask before they run a command. */
export interface Parameter {
  readonly key: string;
  readonly name: string;
  readonly description?: string;
  readonly optional?: boolean;
  readonly allowFreeform?: boolean;
}

/** The fields of a plugin's `manifest.json` that the host acts on. */
export interface PluginManifest {
  readonly name: string;
  readonly id: string;
  readonly main: string;
  readonly ui: string;
  readonly documentAccess?: 'dynamic-page';
  readonly networkAccess?: { readonly allowedDomains: readonly string[] };
  readonly menu?: readonly MenuItem[];
  readonly relaunchButtons?: readonly {
    readonly command: string;
    readonly name: string;
    readonly multipleSelection?: boolean;
  }[];
}
