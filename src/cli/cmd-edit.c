/* edit: the whole ledger in the user's editor. Nobody's text is lost: not what was typed, when it
 * does not fit, nor what somebody else did meanwhile. */
#include "cli/attest-cli-commands.h"
#include "cli/attest-cli-editor.h"
#include "cli/attest-cli-ledger-text.h"
#include "cli/attest-cli-review.h"
#include "util/attest-line-difference.h"
#include "util/attest-text.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  char *coder;
} Options;

static const AttestOption options[] = { ATTEST_OPTION_CODER (Options), { NULL } };

typedef struct
{
  AttestInvocation *inv;
  char *path;        /* of the text that is being edited */
  char *display;     /* the same, safe to print */
  char *base;        /* the ledger of the project as it was when the text was made */
  char *head;        /* the hash of the audit log then */
  gboolean is_asked; /* there is somebody to ask */
} Edit;

static void
edit_clear (Edit *edit)
{
  g_free (edit->path);
  g_free (edit->display);
  g_free (edit->base);
  g_free (edit->head);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Edit, edit_clear)

/* ---- the file ---- */

/* Beside the project, for its owner alone. */
static gboolean
make_file (Edit *edit, GError **error)
{
  int fd, error_number;

  edit->path = g_strdup_printf ("%s.edit-XXXXXX.yaml", attest_store_get_path (edit->inv->store));
  fd = g_mkstemp_full (edit->path, O_RDWR | O_CLOEXEC, 0600);
  error_number = errno;
  edit->display = g_filename_display_name (edit->path);
  if (fd >= 0)
    close (fd);
  if (fd >= 0
      && g_file_set_contents_full (edit->path, edit->base, -1, G_FILE_SET_CONTENTS_NONE, 0600,
                                   error))
    return TRUE;
  if (fd < 0)
    return attest_throw (error, ATTEST_ERROR_STORE, "%s cannot be made: %s", edit->display,
                         g_strerror (error_number));
  g_unlink (edit->path);
  return FALSE;
}

static gboolean
load_base (Edit *edit, GError **error)
{
  g_free (edit->head);
  g_free (edit->base);
  edit->base = NULL;
  edit->head = attest_store_dup_audit_head (edit->inv->store, error);
  if (edit->head != NULL)
    edit->base = attest_cli_ledger_to_text (edit->inv->store, TRUE, error);
  return edit->base != NULL;
}

static gboolean
is_blank (const char *text)
{
  return text[strspn (text, " \t\r\n")] == '\0';
}

/* ---- asking ---- */

/* FALSE: give up, also when nobody can answer. */
static gboolean
ask_to_go_back (Edit *edit)
{
  char answer[80];

  while (edit->is_asked)
    {
      fputs ("[e]dit again, or [g]ive up? ", edit->inv->err);
      fflush (edit->inv->err);
      if (fgets (answer, sizeof answer, stdin) == NULL)
        break;
      g_strstrip (answer);
      if (g_ascii_strcasecmp (answer, "e") == 0 || g_ascii_strcasecmp (answer, "edit") == 0)
        return TRUE;
      if (g_ascii_strcasecmp (answer, "g") == 0)
        return FALSE;
    }
  return FALSE;
}

/* Ends with what was typed in a file that is named. */
static gboolean
keep (Edit *edit, const char *why, GError **error)
{
  return attest_throw (error, ATTEST_ERROR_INPUT,
                       "%s: nothing was changed. Your text is kept in %s; 'attest import ledger' "
                       "takes it",
                       why, edit->display);
}

/* ---- what somebody else did meanwhile ---- */

/* On top of the text, as comments: whoever goes back sees what to take over. */
static gboolean
add_difference (Edit *edit, const char *difference, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *whole = NULL;

  if (!g_file_get_contents (edit->path, &text, NULL, error))
    return FALSE;
  whole = g_strconcat ("# Somebody changed the project meanwhile: + is new in it, - is gone. What "
                       "stands below is\n# your text; what you leave as it is undoes that.\n",
                       difference, "\n", text, NULL);
  return g_file_set_contents_full (edit->path, whole, -1, G_FILE_SET_CONTENTS_NONE, 0600, error);
}

typedef enum
{
  AGAIN, /* with the editor */
  TRY,   /* nothing of the ledger was changed: the same text still fits */
  STOP,
} Next;

static Next
meet_change (Edit *edit, GError **error)
{
  g_autofree char *before = g_steal_pointer (&edit->base);
  g_autoptr (GString) difference = g_string_new (NULL);

  if (!load_base (edit, error))
    return STOP;
  if (strcmp (before, edit->base) == 0)
    return TRY;
  attest_line_difference_append (difference, before, edit->base, "# ");
  {
    g_auto (GStrv) lines = g_strsplit (difference->str, "\n", -1);

    fputs ("the project was changed meanwhile; + is new in it, - is gone:\n", edit->inv->err);
    for (char **line = lines; *line != NULL; line++)
      {
        g_autofree char *printable = attest_text_printable (*line, strlen (*line), 0);

        if (*printable != '\0')
          fprintf (edit->inv->err, "%s\n", printable + strlen ("# "));
      }
  }
  if (!ask_to_go_back (edit))
    {
      keep (edit, "the project was changed meanwhile", error);
      return STOP;
    }
  return add_difference (edit, difference->str, error) ? AGAIN : STOP;
}

/* ---- taking it ---- */

static Next
take (Edit *edit, GError **error)
{
  AttestInvocation *inv = edit->inv;
  g_autoptr (AttestLedgerFile) file = attest_ledger_file_load (edit->path, error);
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) problems = attest_problems_new ();
  g_autoptr (GError) local = NULL;
  AttestLedgerImport import = { .coder = attest_cli_get_coder (((Options *)inv->opts)->coder),
                                .command = inv->command->name,
                                .head = edit->head };

  if (file == NULL)
    return STOP;
  if (attest_cli_ledger_from_file (inv->store, file, &import, changes, problems, &local))
    {
      attest_cli_print_changes (inv, changes, FALSE);
      g_unlink (edit->path);
      return STOP;
    }
  if (import.is_outdated)
    return meet_change (edit, error);
  if (problems->len == 0)
    {
      keep (edit, local->message, error);
      return STOP;
    }
  attest_cli_print_problems (inv, edit->display, problems);
  if (ask_to_go_back (edit))
    return AGAIN;
  keep (edit, "the text does not fit", error);
  return STOP;
}

/* What the editor left: FALSE with @error, or when there is nothing to do. */
static gboolean
look (Edit *edit, gboolean is_first, GError **error)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents (edit->path, &text, NULL, error))
    return FALSE;
  if (is_blank (text))
    {
      g_unlink (edit->path);
      return attest_throw (error, ATTEST_ERROR_INPUT,
                           "the editor left an empty file: nothing was changed");
    }
  if (is_first && strcmp (text, edit->base) == 0)
    {
      fputs ("nothing was changed\n", edit->inv->out);
      g_unlink (edit->path);
      return FALSE;
    }
  return TRUE;
}

/* The editor failed: what was typed until then is kept. */
static gboolean
fail (Edit *edit, GError *failure, GError **error)
{
  g_autofree char *text = NULL;

  if (g_file_get_contents (edit->path, &text, NULL, NULL) && strcmp (text, edit->base) != 0
      && !is_blank (text))
    {
      keep (edit, failure->message, error);
      g_error_free (failure);
      return FALSE;
    }
  g_unlink (edit->path);
  g_propagate_prefixed_error (error, failure, "nothing was changed: ");
  return FALSE;
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  g_auto (Edit) edit = { .inv = inv, .is_asked = isatty (STDIN_FILENO) && inv->err_tty };
  GError *local = NULL;
  Next next = AGAIN;

  if (!attest_editor_is_chosen () && !(edit.is_asked && inv->out_tty))
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "there is no terminal for an editor: 'attest export ledger' writes the "
                         "text, and 'attest import ledger' takes it");
  if (!load_base (&edit, error) || !make_file (&edit, error))
    return FALSE;
  for (gboolean is_first = TRUE; next != STOP; is_first = FALSE)
    {
      if (next == AGAIN)
        {
          if (!attest_editor_run (edit.path, &local))
            return fail (&edit, local, error);
          if (!look (&edit, is_first, &local))
            break;
        }
      next = take (&edit, &local);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static const AttestExampleLine examples[] = { { "edit", "in $VISUAL, or else $EDITOR" }, { NULL } };

const AttestCommand attest_cmd_edit = {
  .name = "edit",
  .group = "ledger",
  .synopsis = "",
  .summary = "Change the whole ledger in your editor",
  .doc
  = "Opens the text of 'attest export ledger' in $VISUAL, else $EDITOR, else an editor that is "
    "installed. What you saved is checked: what is wrong is told with line and column, and you can "
    "go back to it or give up; then your text is kept in a file that is named. When somebody "
    "changed the project meanwhile, you see what, and can go back. An editor that fails, or leaves "
    "an empty file, changes nothing.",
  .examples = examples,
  .needs = ATTEST_NEEDS_WRITE,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
