import * as vscode from 'vscode';

/** The least that an authentication provider can be: one session, in memory, once it was asked for. */
export class TrivialProvider implements vscode.AuthenticationProvider {
  static readonly id = 'trivial';
  readonly onDidChangeSessions =
    new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>().event;
  private readonly registration = vscode.authentication.registerAuthenticationProvider(
    TrivialProvider.id,
    'Trivial',
    this,
  );
  private sessions: vscode.AuthenticationSession[] = [];
  private readonly session = {
    id: 'trivial-session',
    accessToken: 'trivial-token',
    account: { id: 'jane', label: 'jane' },
    scopes: ['entities_api'],
  };

  getSessions(): Promise<vscode.AuthenticationSession[]> {
    return Promise.resolve(this.sessions);
  }

  createSession(): Promise<vscode.AuthenticationSession> {
    this.sessions = [this.session];
    return Promise.resolve(this.session);
  }

  removeSession(): Promise<void> {
    return Promise.resolve();
  }

  dispose(): void {
    this.registration.dispose();
  }
}
