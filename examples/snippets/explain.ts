import * as vscode from 'vscode';

export async function explain(response: Response, environment: string, label: string): Promise<string> {
  const { kind, message, nextStep } = await vscode.commands.executeCommand<Record<string, string>>(
    'reltioAuth.api.v1.explain',
    {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
      url: response.url,
      environment,
      account: label,
    },
  );
  return kind === 'notFound' ? 'There is no such entity.' : `${message} ${nextStep ?? ''}`;
}
