/** The code that gives a virtual machine its `figma`, as one script. */
export declare function bundleGuest(): Promise<string>;
