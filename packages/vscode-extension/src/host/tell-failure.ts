import * as vscode from 'vscode';
import { errorWords } from './words.js';

/** Does something whose failure is told to the user. */
export async function tellFailure(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    tellOf(error);
  }
}

/** Tells the user what failed, and the cure where there is one. */
export function tellOf(error: unknown): void {
  void vscode.window.showErrorMessage(errorWords(error));
}
