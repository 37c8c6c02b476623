/** Why a strategy document is not loaded, in order of checking. A strategy that is refused decides about nobody. */
export type StrategyRefusal =
  | { readonly code: 'table_shape_unreadable'; readonly table: string; readonly what: string }
  | { readonly code: 'table_cell_unreadable'; readonly table: string; readonly row: string; readonly column: string; readonly cell: string; readonly why: string }
  | { readonly code: 'table_too_large'; readonly table: string; readonly combinations: string }
  | { readonly code: 'table_overlap'; readonly table: string; readonly rows: readonly string[]; readonly example: Readonly<Record<string, string>> }
  | { readonly code: 'table_incomplete'; readonly table: string; readonly example: Readonly<Record<string, string>> }
  | { readonly code: 'table_column_unheard_of'; readonly table: string; readonly column: string }
  | { readonly code: 'table_result_unreadable'; readonly table: string; readonly row: string; readonly what: string }
  | { readonly code: 'limit_rises_with_risk'; readonly table: string; readonly rows: readonly string[] }
  | { readonly code: 'price_falls_with_risk'; readonly table: string; readonly rows: readonly string[] }
  | { readonly code: 'limit_outside_product'; readonly table: string; readonly row: string; readonly limit_fen: string }
  | { readonly code: 'price_outside_product'; readonly table: string; readonly row: string; readonly price_ppm: string }
  | { readonly code: 'price_over_ceiling'; readonly table: string; readonly row: string; readonly price_ppm: string; readonly ceiling_ppm: string };

/** Why a question or command of decisioning is refused, in order of checking. */
export type DecisioningError = { readonly code: 'decision_not_found'; readonly id: string };
