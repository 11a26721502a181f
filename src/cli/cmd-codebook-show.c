/* codebook show: a codebook for people to read, or as JSON. */
#include "cli/attest-cli-codebook.h"
#include "cli/attest-cli-coding.h"
#include "cli/attest-cli-commands.h"
#include "util/attest-text.h"

#include <string.h>

typedef struct
{
  char *code;
  char *format;
} Options;

static const char *const formats[] = { "text", "json", NULL };

static const AttestOption options[]
    = { { "code", 'c', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, code), "CODE",
          "Show only this code", "The id of a code, for example impact.", NULL },
        { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
          "How to print it", "text for people, json for programs.", formats },
        { NULL } };

/* What is asked for. */
typedef struct
{
  AttestInvocation *inv;
  const AttestCodebook *codebook;
  int only_code;      /* index, or -1: all */
  guint name_columns; /* of the code that is being written */
} Show;

static gboolean
is_shown (const Show *show, guint code)
{
  return show->only_code < 0 || (guint)show->only_code == code;
}

#define TEXT_COLUMNS 100
#define LABEL_COLUMNS 12
#define INDENT 4
/* Names of rules and patterns: as wide as the longest of the code, within these. */
#define MIN_NAME_COLUMNS 10
#define MAX_NAME_COLUMNS 30

static const char *
bold_on (const Show *show)
{
  return show->inv->color ? "\033[1m" : "";
}

static const char *
bold_off (const Show *show)
{
  return show->inv->color ? "\033[0m" : "";
}

/* A label and a text beside it, over as many lines as it needs. */
static void
write_labelled (const Show *show, guint indent, const char *label, const char *value)
{
  guint columns = show->inv->columns > 0 ? MIN (show->inv->columns, TEXT_COLUMNS) : TEXT_COLUMNS;
  guint left = indent + LABEL_COLUMNS;
  g_autofree char *printable = attest_text_printable (value, strlen (value), 0);
  g_auto (GStrv) words = g_strsplit (printable, " ", -1);
  guint column = 0;

  column = indent + (guint)attest_text_columns (label, strlen (label));
  fprintf (show->inv->out, "%*s%s", (int)indent, "", label);
  for (char **w = words; *w != NULL; w++)
    {
      guint width = (guint)attest_text_columns (*w, strlen (*w));

      if (column > left && column + 1 + width > columns)
        {
          fputc ('\n', show->inv->out);
          column = 0;
        }
      if (column < left)
        {
          fprintf (show->inv->out, "%*s%s", (int)(left - column), "", *w);
          column = left + width;
        }
      else
        column += (guint)fprintf (show->inv->out, " %s", *w) > 0 ? width + 1 : 0;
    }
  fputc ('\n', show->inv->out);
}

static const char *
short_name (const AttestCodebookPattern *pattern)
{
  return strchr (pattern->name, '/') + 1;
}

static guint
widest_name (const AttestCodebook *codebook, guint first, guint n, guint widest)
{
  for (guint i = first; i < first + n; i++)
    {
      const char *name = short_name (attest_codebook_pattern (codebook, i));
      widest = MAX (widest, (guint)attest_text_columns (name, strlen (name)));
    }
  return MIN (widest, MAX_NAME_COLUMNS);
}

static guint
widest_condition (const AttestCodebook *codebook, guint first, guint n, guint widest)
{
  for (guint i = first; i < first + n; i++)
    {
      const AttestCondition *condition = attest_codebook_condition (codebook, i);
      widest = widest_name (codebook, condition->first_pattern, condition->n_patterns, widest);
    }
  return widest;
}

static guint
name_columns (const AttestCodebook *codebook, const AttestCode *code)
{
  guint columns = widest_name (codebook, code->first_asked, code->n_asked, MIN_NAME_COLUMNS);

  columns = widest_condition (codebook, code->first_stop, code->n_stop, columns);
  for (guint i = code->first_rule; i < code->first_rule + code->n_rules; i++)
    {
      const AttestRule *rule = attest_codebook_rule (codebook, i);
      columns = widest_name (codebook, rule->first_asked, rule->n_asked, columns);
      columns = widest_name (codebook, rule->first_match, rule->n_match, columns);
      columns = widest_condition (codebook, rule->first_condition, rule->n_conditions, columns);
    }
  return columns;
}

/* The name of a rule or a pattern, and the space up to what stands beside all of them. */
static void
write_name (const Show *show, const char *name)
{
  guint columns = (guint)attest_text_columns (name, strlen (name));

  fprintf (show->inv->out, "%*s%s%*s", INDENT + 2, "", name,
           (int)(MAX (show->name_columns, columns) - columns) + 2, "");
}

/* A pattern is never broken: it may be copied from the screen. @note: (nullable) goes behind it. */
static void
write_pattern (const Show *show, const AttestCodebookPattern *pattern, const char *note)
{
  const char *body
      = pattern->is_word ? pattern->source : attest_pattern_get_body (pattern->pattern);
  g_autofree char *printable = attest_text_printable (body, strlen (body), 0);
  g_autofree char *langs = pattern->langs != NULL && pattern->rule == ATTEST_NO_RULE
                               ? g_strjoinv (", ", (char **)pattern->langs)
                               : NULL;

  write_name (show, short_name (pattern));
  fprintf (show->inv->out, "%s%s%s%s%s%s%s\n", printable, langs != NULL ? "  (" : "",
           langs != NULL ? langs : "", langs != NULL ? ")" : "", note != NULL ? "  (" : "",
           note != NULL ? note : "", note != NULL ? ")" : "");
}

static void
write_patterns (const Show *show, guint first, guint n)
{
  for (guint i = first; i < first + n; i++)
    write_pattern (show, attest_codebook_pattern (show->codebook, i), NULL);
}

static void
write_conditions (const Show *show, guint first, guint n)
{
  for (guint i = first; i < first + n; i++)
    {
      const AttestCondition *condition = attest_codebook_condition (show->codebook, i);
      g_autofree char *where = attest_condition_dup_where (condition);
      gboolean is_usual
          = (condition->use == ATTEST_PATTERN_UNLESS || condition->use == ATTEST_PATTERN_STOP)
            && condition->unit.kind == ATTEST_UNIT_HIT;

      for (guint k = 0; k < condition->n_patterns; k++)
        write_pattern (show, attest_codebook_pattern (show->codebook, condition->first_pattern + k),
                       is_usual ? NULL : where);
    }
}

/* "weight 0.5, ru, interpreter only", or NULL when there is nothing to say. */
static char *
dup_limits (const AttestRule *rule)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  guint usual = ((1u << ATTEST_N_ROLES) - 1) & ~(1u << ATTEST_ROLE_INTERVIEWER);

  if (rule->weight != 1.0)
    {
      char number[G_ASCII_DTOSTR_BUF_SIZE];
      g_ascii_formatd (number, sizeof number, "%g", rule->weight);
      g_ptr_array_add (parts, g_strconcat ("weight ", number, NULL));
    }
  for (guint i = 0; rule->langs != NULL && rule->langs[i] != NULL; i++)
    g_ptr_array_add (parts, g_strdup (rule->langs[i]));
  for (guint role = 0; role < ATTEST_N_ROLES && rule->roles != usual; role++)
    if (rule->roles & (1u << role))
      g_ptr_array_add (parts, g_strdup (attest_role_to_string ((AttestRole)role)));
  if (rule->asked_code || rule->n_asked > 0)
    g_ptr_array_add (parts, g_strdup ("only when asked"));
  if (parts->len == 0)
    return NULL;
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (", ", (char **)parts->pdata);
}

static void
write_rule (const Show *show, guint index)
{
  const AttestRule *rule = attest_codebook_rule (show->codebook, index);
  g_autofree char *limits = dup_limits (rule);
  g_autofree char *name = attest_codebook_dup_rule_name (show->codebook, index);

  if (limits != NULL)
    {
      write_name (show, name);
      fprintf (show->inv->out, "%s:\n", limits);
    }
  write_patterns (show, rule->first_asked, rule->n_asked);
  write_patterns (show, rule->first_match, rule->n_match);
  write_conditions (show, rule->first_condition, rule->n_conditions);
}

/* "impact, effectiveness (sentence)" */
static void
write_links (const Show *show, const char *label, const GArray *codes, const AttestUnit *unit)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *where = attest_unit_dup_text (unit);

  if (codes == NULL)
    return;
  for (guint i = 0; i < codes->len; i++)
    g_string_append_printf (
        text, "%s%s", i > 0 ? ", " : "",
        attest_codebook_code (show->codebook, g_array_index (codes, guint, i))->id);
  g_string_append_printf (text, " (%s)", where);
  write_labelled (show, INDENT, label, text->str);
}

static void
write_code_conditions (const Show *show, const AttestCode *code)
{
  write_links (show, "requires", code->requires, &code->requires_unit);
  write_links (show, "excludes", code->excludes, &code->excludes_unit);
  if (code->min_weight > 0.0)
    {
      char number[G_ASCII_DTOSTR_BUF_SIZE];
      write_labelled (show, INDENT, "weight",
                      g_ascii_formatd (number, sizeof number, "%g", code->min_weight));
    }
  if (code->n_stop > 0)
    fprintf (show->inv->out, "%*sstop\n", INDENT, "");
  write_conditions (show, code->first_stop, code->n_stop);
}

static void
write_examples (const Show *show, const AttestCode *code, gboolean counter)
{
  const char *heading = counter ? "not coded" : "examples";

  for (guint i = 0; i < code->examples->len; i++)
    {
      const AttestExample *example = &g_array_index (code->examples, AttestExample, i);
      g_autofree char *text = NULL;

      if (example->counter != counter)
        continue;
      text = g_strdup_printf ("%s%s%s%s", example->lang != NULL ? "(" : "",
                              example->lang != NULL ? example->lang : "",
                              example->lang != NULL ? ") " : "", example->text);
      write_labelled (show, INDENT, heading, text);
      heading = "";
    }
}

static void
write_names (const Show *show, const AttestCode *code)
{
  g_autoptr (GPtrArray) langs = attest_local_text_list_langs (code->name);
  g_autoptr (GString) names = g_string_new (NULL);
  const char *first = attest_local_text_get (code->name, NULL);

  for (guint i = 0; i < langs->len; i++)
    {
      const char *lang = g_ptr_array_index (langs, i);
      const char *name = g_hash_table_lookup (code->name, lang);
      if (name != first)
        g_string_append_printf (names, "%s%s %s", names->len > 0 ? ", " : "", lang, name);
    }
  if (names->len > 0)
    write_labelled (show, INDENT, "names", names->str);
}

static void
write_code (const Show *show, const AttestCode *code)
{
  const char *name = attest_local_text_get (code->name, NULL);
  g_autofree char *printable = attest_text_printable (name, strlen (name), 0);
  const struct
  {
    const char *label, *value;
  } texts[] = { { "question", code->question },
                { "definition", code->definition },
                { "include", code->include },
                { "exclude", code->exclude } };

  fprintf (show->inv->out, "\n  %s%s%s%s%s\n", bold_on (show), code->id, bold_off (show),
           strcmp (name, code->id) != 0 ? "  " : "", strcmp (name, code->id) != 0 ? printable : "");
  write_names (show, code);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i].value != NULL)
      write_labelled (show, INDENT, texts[i].label, texts[i].value);
  for (guint i = 0; i < code->confusions->len; i++)
    {
      const AttestConfusion *confusion = &g_array_index (code->confusions, AttestConfusion, i);
      g_autofree char *text = g_strdup_printf ("%s: %s", confusion->with, confusion->rule);
      write_labelled (show, INDENT, i == 0 ? "or is it" : "", text);
    }
  if (code->n_asked > 0)
    fprintf (show->inv->out, "%*sasked\n", INDENT, "");
  write_patterns (show, code->first_asked, code->n_asked);
  write_code_conditions (show, code);
  if (code->n_rules > 0)
    fprintf (show->inv->out, "%*srules\n", INDENT, "");
  for (guint i = 0; i < code->n_rules; i++)
    write_rule (show, code->first_rule + i);
  write_examples (show, code, FALSE);
  write_examples (show, code, TRUE);
}

static void
write_heading (const Show *show)
{
  const AttestCodebook *codebook = show->codebook;
  g_autofree char *langs = g_strjoinv (", ", (char **)codebook->langs);
  g_autofree char *version
      = codebook->version != NULL
            ? attest_text_printable (codebook->version, strlen (codebook->version), 0)
            : NULL;

  fprintf (show->inv->out, "%s%s%s%s%s\n", bold_on (show), codebook->id, version ? " " : "",
           version ? version : "", bold_off (show));
  if (codebook->title != NULL)
    write_labelled (show, 0, "title", codebook->title);
  if (*langs != '\0')
    write_labelled (show, 0, "languages", langs);
  write_labelled (show, 0, "sha256", codebook->sha256);
}

static void
write_text (Show *show)
{
  const AttestCodebook *codebook = show->codebook;

  write_heading (show);
  for (guint d = 0; d < codebook->dimensions->len; d++)
    {
      const AttestDimension *dimension = attest_codebook_dimension (codebook, d);
      gboolean is_begun = FALSE;

      for (guint i = 0; i < codebook->codes->len; i++)
        {
          const AttestCode *code = attest_codebook_code (codebook, i);
          if (code->dimension != d || !is_shown (show, i))
            continue;
          if (!is_begun)
            {
              const char *title = attest_local_text_get (dimension->title, NULL);
              g_autofree char *printable = attest_text_printable (title, strlen (title), 0);
              fprintf (show->inv->out, "\n%s%s%s (%s)\n", bold_on (show), printable,
                       bold_off (show), dimension->id);
            }
          is_begun = TRUE;
          show->name_columns = name_columns (codebook, code);
          write_code (show, code);
        }
    }
}

static gboolean
show_one (AttestInvocation *inv, const char *name, GError **error)
{
  const Options *opts = inv->opts;
  g_autoptr (AttestCodebook) codebook = attest_cli_load_codebook (name, error);
  Show show = { .inv = inv, .codebook = codebook, .only_code = -1 };

  if (codebook == NULL)
    return FALSE;
  if (opts->code != NULL)
    {
      show.only_code = attest_cli_find_code (codebook, opts->code, error);
      if (show.only_code < 0)
        return FALSE;
    }
  if (g_strcmp0 (opts->format, "json") == 0)
    attest_cli_write_codebook_json (codebook, show.only_code, inv->out);
  else
    write_text (&show);
  return TRUE;
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  for (guint i = 0; i < inv->n_args; i++)
    if (!show_one (inv, inv->args[i], error))
      return FALSE;
  return TRUE;
}

static const AttestExampleLine examples[]
    = { { "codebook show oecd-dac --code impact", "what counts as impact, and by which rules" },
        { "codebook show mine.yaml --format json", "for scripts" },
        { NULL } };

const AttestCommand attest_cmd_codebook_show = {
  .name = "codebook show",
  .group = "codebook",
  .synopsis = "CODEBOOK…",
  .summary = "Print codebooks for people to read",
  .doc
  = "CODEBOOK is a file, or the id of a shipped codebook. Codes are printed by dimension, with "
    "their definitions, rules and examples; patterns as they are searched, fragments filled "
    "in.",
  .examples = examples,
  .needs = ATTEST_NEEDS_NOTHING,
  .min_args = 1,
  .max_args = G_MAXUINT,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
