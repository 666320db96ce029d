import assert from 'node:assert/strict';
import { manifest } from '../../../scripts/l10n/manifest';
import { settingId, settingTable } from '../../../src/editor/settings/settingTable';

/** What only people read, or what only places a setting in the editor. */
const shown = new Set([
  'title',
  'description',
  'markdownDescription',
  'enumDescriptions',
  'patternErrorMessage',
  'order',
]);
/** Columns of the table that VS Code knows nothing of. */
const ours = new Set(['otherwise']);

function without(left: ReadonlySet<string>, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((entry) => without(left, entry));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !left.has(key))
      .map(([key, inner]) => [key, without(left, inner)]),
  );
}

describe('the table of settings', () => {
  const { properties } = manifest().contributes.configuration;

  it('has the settings of package.json, each with the same type, limits and default', () => {
    const rows = Object.entries(settingTable).map(([name, row]) => [
      settingId(name as keyof typeof settingTable),
      { scope: 'application', ...(without(ours, row) as object) },
    ]);
    assert.deepEqual(without(shown, properties), Object.fromEntries(rows));
  });

  it('is explained in package.json: every setting, every field and every choice', () => {
    const explain = (name: string, value: unknown): void => {
      const { description, markdownDescription, enumDescriptions, ...schema } = value as Record<string, unknown>;
      assert.match(String(description ?? markdownDescription), /^[A-Z].*\.$/, name);
      if (Array.isArray(schema['enum'])) assert.equal((enumDescriptions as unknown[]).length, schema['enum'].length);
      const { properties: own, items } = schema as { properties?: object; items?: { properties?: object } };
      for (const [field, inner] of Object.entries({ ...own, ...items?.properties })) explain(`${name} ${field}`, inner);
    };
    for (const [name, property] of Object.entries(properties)) explain(name, property);
  });
});
