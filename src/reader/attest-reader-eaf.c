/* ELAN (eaf): tiers of annotations. Speech is in the tiers that refer to no other one; those that
 * refer to them are translations, glosses and the like, and left out, unless the upper tier only
 * holds names of the annotations below it. */
#include "reader/attest-reader-private.h"

#include <string.h>

#include "reader/attest-tiers.h"
#include "reader/attest-times.h"
#include "reader/attest-xml-text.h"
#include "util/attest-error.h"
#include "util/attest-limits.h"

#define NO_TIER G_MAXUINT

/* What AttestTier does not know of a tier, at the same index. */
typedef struct
{
  guint name, parent; /* as points of tier_names; ATTEST_NO_POINT: none */
  char *participant;  /* (nullable) */
} EafTier;

typedef struct
{
  guint tier, line;
  guint start, end; /* time slots, or ATTEST_NO_POINT */
  guint id, owner;  /* names: its own, and the annotation it refers to */
  gsize text_start, text_bytes;
} Annotation;

typedef struct
{
  AttestDocument *doc;
  AttestXml *xml;
  AttestTiers *tiers;
  AttestTimeline *slots;
  AttestTimeline *names;      /* of annotations: only their numbers are used */
  AttestTimeline *tier_names; /* the same of tiers */
  GArray *more;               /* of EafTier */
  GArray *annotations;        /* of Annotation */
  GString *texts;
  double unit_ms; /* of TIME_VALUE */
} Eaf;

static void
clear_tier (gpointer item)
{
  g_free (((EafTier *)item)->participant);
}

static void
eaf_clear (Eaf *eaf)
{
  attest_xml_free (eaf->xml);
  attest_tiers_free (eaf->tiers);
  attest_timeline_free (eaf->slots);
  attest_timeline_free (eaf->names);
  attest_timeline_free (eaf->tier_names);
  g_array_unref (eaf->more);
  g_array_unref (eaf->annotations);
  g_string_free (eaf->texts, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Eaf, eaf_clear)

static void
eaf_init (Eaf *eaf, AttestDocument *doc)
{
  memset (eaf, 0, sizeof *eaf);
  eaf->doc = doc;
  eaf->slots = attest_timeline_new ();
  eaf->names = attest_timeline_new ();
  eaf->tier_names = attest_timeline_new ();
  eaf->tiers = attest_tiers_new (doc, eaf->slots, ATTEST_TIERS_BY_TIME);
  eaf->more = g_array_new (FALSE, FALSE, sizeof (EafTier));
  g_array_set_clear_func (eaf->more, clear_tier);
  eaf->annotations = g_array_new (FALSE, FALSE, sizeof (Annotation));
  eaf->texts = g_string_new (NULL);
  eaf->unit_ms = 1;
}

/* The number of a name; FALSE beyond the limit. */
static gboolean
number_of (Eaf *eaf, AttestTimeline *names, const char *attribute, guint *out, GError **error)
{
  g_autofree char *name = attest_xml_dup_attribute (eaf->xml, attribute);

  *out = attest_timeline_point (names, name);
  if (*out == ATTEST_NO_POINT && name != NULL && *name != '\0')
    return attest_throw (error, ATTEST_ERROR_LIMIT,
                         "%u: more than %u names of times or annotations",
                         attest_xml_line (eaf->xml), ATTEST_MAX_TIME_POINTS);
  return TRUE;
}

/* --- reading ------------------------------------------------------------------------------- */

/* The name of a recording, without the folder of whoever has it. */
static void
add_media (Eaf *eaf)
{
  g_autofree char *url = attest_xml_dup_attribute (eaf->xml, "MEDIA_URL");
  const char *slash = url != NULL ? strrchr (url, '/') : NULL;

  if (url != NULL)
    attest_document_add_metadata (eaf->doc, "Recording", slash != NULL ? slash + 1 : url);
}

static gboolean
read_header (Eaf *eaf, GError **error)
{
  g_autofree char *units = attest_xml_dup_attribute (eaf->xml, "TIME_UNITS");
  guint recordings = 0;
  gboolean good = TRUE;

  if (g_strcmp0 (units, "PAL-frames") == 0)
    eaf->unit_ms = 40;
  else if (g_strcmp0 (units, "PAL-50-frames") == 0)
    eaf->unit_ms = 20;
  else if (g_strcmp0 (units, "NTSC-frames") == 0)
    eaf->unit_ms = 1001.0 / 30;
  while (good && attest_xml_next_element (eaf->xml, &good, error))
    {
      if (attest_xml_is (eaf->xml, "MEDIA_DESCRIPTOR") && recordings++ < 20)
        add_media (eaf);
      good = attest_xml_skip (eaf->xml, error);
    }
  return good;
}

static gboolean
read_slot (Eaf *eaf, GError **error)
{
  g_autofree char *value = attest_xml_dup_attribute (eaf->xml, "TIME_VALUE");
  char *end = NULL;
  double number = value != NULL ? g_ascii_strtod (value, &end) : -1;
  guint slot;

  if (!number_of (eaf, eaf->slots, "TIME_SLOT_ID", &slot, error))
    return FALSE;
  attest_timeline_define (eaf->slots, slot,
                          value != NULL && end != value ? attest_time_to_ms (number, eaf->unit_ms)
                                                        : ATTEST_NO_TIME);
  return attest_xml_skip (eaf->xml, error);
}

static gboolean
read_time_order (Eaf *eaf, GError **error)
{
  gboolean good = TRUE;

  while (good && attest_xml_next_element (eaf->xml, &good, error))
    good = attest_xml_is (eaf->xml, "TIME_SLOT") ? read_slot (eaf, error)
                                                 : attest_xml_skip (eaf->xml, error);
  return good;
}

/* The text of all <ANNOTATION_VALUE>s of the element that began last, of which there is one. */
static gboolean
read_value (Eaf *eaf, GError **error)
{
  gboolean good = TRUE;

  while (good && attest_xml_next_element (eaf->xml, &good, error))
    good = attest_xml_is (eaf->xml, "ANNOTATION_VALUE")
               ? attest_xml_collect_text (eaf->xml, eaf->texts, error)
               : attest_xml_skip (eaf->xml, error);
  return good;
}

/* <ALIGNABLE_ANNOTATION> or <REF_ANNOTATION>, which began last. */
static gboolean
read_annotation (Eaf *eaf, guint tier, GError **error)
{
  Annotation a = { .tier = tier, .line = attest_xml_line (eaf->xml) };

  if (!number_of (eaf, eaf->slots, "TIME_SLOT_REF1", &a.start, error)
      || !number_of (eaf, eaf->slots, "TIME_SLOT_REF2", &a.end, error)
      || !number_of (eaf, eaf->names, "ANNOTATION_ID", &a.id, error)
      || !number_of (eaf, eaf->names, "ANNOTATION_REF", &a.owner, error))
    return FALSE;
  if (eaf->annotations->len >= ATTEST_MAX_TIER_ITEMS)
    return attest_throw (error, ATTEST_ERROR_LIMIT, "%u: more than %u annotations", a.line,
                         ATTEST_MAX_TIER_ITEMS);
  a.text_start = eaf->texts->len;
  if (!read_value (eaf, error))
    return FALSE;
  a.text_bytes = eaf->texts->len - a.text_start;
  g_array_append_val (eaf->annotations, a);
  return TRUE;
}

/* All of a tier, or the one inside of an <ANNOTATION>. */
static gboolean
read_annotations (Eaf *eaf, guint tier, GError **error)
{
  gboolean good = TRUE;

  while (good && attest_xml_next_element (eaf->xml, &good, error))
    {
      if (attest_xml_is (eaf->xml, "ANNOTATION"))
        good = read_annotations (eaf, tier, error);
      else if (g_str_has_suffix (attest_xml_name (eaf->xml), "_ANNOTATION"))
        good = read_annotation (eaf, tier, error);
      else
        good = attest_xml_skip (eaf->xml, error);
    }
  return good;
}

static gboolean
read_tier (Eaf *eaf, GError **error)
{
  g_autofree char *id = attest_xml_dup_attribute (eaf->xml, "TIER_ID");
  EafTier more = { .participant = attest_xml_dup_attribute (eaf->xml, "PARTICIPANT") };
  gboolean good = number_of (eaf, eaf->tier_names, "TIER_ID", &more.name, error)
                  && number_of (eaf, eaf->tier_names, "PARENT_REF", &more.parent, error);
  guint tier
      = attest_tiers_add_tier (eaf->tiers, id != NULL ? id : "", NULL, attest_xml_line (eaf->xml));

  if (more.participant != NULL && *g_strstrip (more.participant) == '\0')
    g_clear_pointer (&more.participant, g_free);
  g_array_append_val (eaf->more, more);
  return good && read_annotations (eaf, tier, error);
}

static gboolean
read_child (Eaf *eaf, GError **error)
{
  if (attest_xml_is (eaf->xml, "HEADER"))
    return read_header (eaf, error);
  if (attest_xml_is (eaf->xml, "TIME_ORDER"))
    return read_time_order (eaf, error);
  if (attest_xml_is (eaf->xml, "TIER"))
    return read_tier (eaf, error);
  return attest_xml_skip (eaf->xml, error);
}

static gboolean
read_root (Eaf *eaf, GError **error)
{
  static const char *const keys[] = { "DATE", "AUTHOR" };
  gboolean good = TRUE;

  if (!attest_xml_expect_root (eaf->xml, "ANNOTATION_DOCUMENT", error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *value = attest_xml_dup_attribute (eaf->xml, keys[i]);

      if (value != NULL)
        attest_document_add_metadata (eaf->doc, i == 0 ? "Date" : "Author", value);
    }
  while (good && attest_xml_next_element (eaf->xml, &good, error))
    good = read_child (eaf, error);
  return good;
}

/* --- times ---------------------------------------------------------------------------------- */

/* Annotations of one tier that touch share a slot, and ELAN leaves out the time of those in
 * between: they are spread over the chain, whatever other tiers have there. */
static void
spread_chains (Eaf *eaf)
{
  g_autoptr (GArray) chain = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < eaf->annotations->len; i++)
    {
      const Annotation *a = &g_array_index (eaf->annotations, Annotation, i);
      gboolean linked = chain->len > 0 && i > 0
                        && g_array_index (eaf->annotations, Annotation, i - 1).tier == a->tier
                        && g_array_index (chain, guint, chain->len - 1) == a->start
                        && attest_timeline_get_time (eaf->slots, a->start) == ATTEST_NO_TIME;

      if (!linked)
        {
          g_array_set_size (chain, 0);
          g_array_append_val (chain, a->start);
        }
      g_array_append_val (chain, a->end);
      if (attest_timeline_get_time (eaf->slots, a->end) != ATTEST_NO_TIME)
        attest_timeline_spread (eaf->slots, (const guint *)chain->data, chain->len);
    }
}

/* The annotation that has the times of @a: itself or the one that it refers to in the end. */
static const Annotation *
find_timed (const Eaf *eaf, const guint *by_name, const Annotation *a)
{
  for (guint depth = 0; a != NULL && a->start == ATTEST_NO_POINT && a->owner != ATTEST_NO_POINT
                        && depth < ATTEST_MAX_TIER_DEPTH;
       depth++)
    a = by_name[a->owner] == 0
            ? NULL
            : &g_array_index (eaf->annotations, Annotation, by_name[a->owner] - 1);
  return a;
}

/* Name of an annotation → its index + 1. */
static guint *
index_annotations (const Eaf *eaf)
{
  guint *by_name = g_new0 (guint, attest_timeline_count (eaf->names) + 1);

  for (guint i = 0; i < eaf->annotations->len; i++)
    {
      const Annotation *a = &g_array_index (eaf->annotations, Annotation, i);

      if (a->id != ATTEST_NO_POINT && by_name[a->id] == 0)
        by_name[a->id] = i + 1;
    }
  return by_name;
}

static gboolean
add_items (Eaf *eaf, GError **error)
{
  g_autofree guint *by_name = index_annotations (eaf);

  for (guint i = 0; i < eaf->annotations->len; i++)
    {
      const Annotation *a = &g_array_index (eaf->annotations, Annotation, i);
      const Annotation *timed = find_timed (eaf, by_name, a);
      const Annotation *before = i > 0 ? a - 1 : NULL;
      AttestItem item = { .start_point = timed != NULL ? timed->start : ATTEST_NO_POINT,
                          .end_point = timed != NULL ? timed->end : ATTEST_NO_POINT,
                          .start_ms = ATTEST_NO_TIME,
                          .end_ms = ATTEST_NO_TIME,
                          .line = a->line,
                          .text = eaf->texts->str + a->text_start,
                          .length_bytes = a->text_bytes };

      /* Words of one sentence, in a tier of words that have no times. */
      if (before != NULL && before->tier == a->tier && a->start == ATTEST_NO_POINT
          && a->owner != ATTEST_NO_POINT && before->owner == a->owner)
        item.join = ATTEST_ITEM_PART;
      if (!attest_tiers_add (eaf->tiers, a->tier, &item, error))
        return FALSE;
    }
  return TRUE;
}

/* --- which tiers are speech ----------------------------------------------------------------- */

/* Its annotations are empty, or names such as "story.012" of what the tiers below say. */
static gboolean
is_container (const AttestTier *tier)
{
  return tier->n_texts == 0 || (tier->n_texts >= 3 && tier->n_names * 10 >= tier->n_texts * 9);
}

/* The tier that refers to @parent and has most words; NO_TIER: none has any. */
static guint
best_child (const Eaf *eaf, const GArray *children)
{
  guint best = NO_TIER;

  for (guint i = 0; children != NULL && i < children->len; i++)
    {
      guint tier = g_array_index (children, guint, i);
      const AttestTier *t = attest_tiers_get (eaf->tiers, tier);

      if (t->left_out == NULL || t->n_texts == 0 || attest_tier_name_is_other (t->name))
        continue;
      if (best == NO_TIER || t->n_words > attest_tiers_get (eaf->tiers, best)->n_words)
        best = tier;
    }
  return best;
}

static void
free_children (gpointer item)
{
  if (item != NULL)
    g_array_unref (item);
}

/* Name of a tier → (element-type guint) the tiers that refer to it. */
static GPtrArray *
list_children (const Eaf *eaf)
{
  guint n = attest_timeline_count (eaf->tier_names);
  GPtrArray *children = g_ptr_array_new_full (n, free_children);

  g_ptr_array_set_size (children, (gint)n);
  for (guint i = 0; i < eaf->more->len; i++)
    {
      guint parent = g_array_index (eaf->more, EafTier, i).parent;

      if (parent == ATTEST_NO_POINT)
        continue;
      if (g_ptr_array_index (children, parent) == NULL)
        g_ptr_array_index (children, parent) = g_array_new (FALSE, FALSE, sizeof (guint));
      g_array_append_val ((GArray *)g_ptr_array_index (children, parent), i);
    }
  return children;
}

static void
set_speaker (Eaf *eaf, guint tier, const char *participant)
{
  const EafTier *more = &g_array_index (eaf->more, EafTier, tier);
  AttestTier *t = attest_tiers_get (eaf->tiers, tier);

  if (more->participant != NULL)
    participant = more->participant;
  attest_tiers_set_label (eaf->tiers, tier, participant != NULL ? participant : t->name);
  t->left_out = NULL;
}

static void
choose_tiers (Eaf *eaf)
{
  g_autoptr (GPtrArray) children = list_children (eaf);

  for (guint i = 0; i < eaf->more->len; i++)
    {
      const EafTier *more = &g_array_index (eaf->more, EafTier, i);

      if (more->parent != ATTEST_NO_POINT)
        attest_tiers_get (eaf->tiers, i)->left_out = "it refers to another tier";
    }
  for (guint i = 0; i < eaf->more->len; i++)
    {
      const EafTier *more = &g_array_index (eaf->more, EafTier, i);
      const char *participant = more->participant;
      guint tier = i;

      if (more->parent != ATTEST_NO_POINT)
        continue;
      for (guint depth = 0; depth < ATTEST_MAX_TIER_DEPTH; depth++)
        {
          guint name = g_array_index (eaf->more, EafTier, tier).name;
          guint child = NO_TIER;

          if (name != ATTEST_NO_POINT && is_container (attest_tiers_get (eaf->tiers, tier)))
            child = best_child (eaf, g_ptr_array_index (children, name));
          if (child == NO_TIER)
            break;
          attest_tiers_get (eaf->tiers, tier)->left_out = "it only names what another tier says";
          tier = child;
        }
      set_speaker (eaf, tier, participant);
    }
}

/* A tier whose parent is not in the file would never be asked. */
static void
adopt_orphans (Eaf *eaf)
{
  g_autofree gboolean *known = g_new0 (gboolean, attest_timeline_count (eaf->tier_names) + 1);

  for (guint i = 0; i < eaf->more->len; i++)
    if (g_array_index (eaf->more, EafTier, i).name != ATTEST_NO_POINT)
      known[g_array_index (eaf->more, EafTier, i).name] = TRUE;
  for (guint i = 0; i < eaf->more->len; i++)
    {
      EafTier *more = &g_array_index (eaf->more, EafTier, i);

      if (more->parent != ATTEST_NO_POINT && !known[more->parent])
        more->parent = ATTEST_NO_POINT;
    }
}

static gboolean
eaf_read (AttestDocument *doc, const AttestReadOptions *options, GError **error)
{
  g_auto (Eaf) eaf;

  eaf_init (&eaf, doc);
  eaf.xml = attest_xml_open_text (doc, options, error);
  if (eaf.xml == NULL || !read_root (&eaf, error))
    return FALSE;
  spread_chains (&eaf);
  attest_timeline_interpolate (eaf.slots);
  if (!add_items (&eaf, error))
    return FALSE;
  adopt_orphans (&eaf);
  choose_tiers (&eaf);
  attest_tiers_leave_out_by_name (eaf.tiers);
  attest_tiers_warn_of_blanks (eaf.tiers);
  attest_tiers_finish (eaf.tiers);
  return TRUE;
}

static const char *const suffixes[] = { "eaf", NULL };

static int
eaf_probe (const AttestProbe *probe)
{
  if (probe->head_text != NULL && strstr (probe->head_text, "<ANNOTATION_DOCUMENT") != NULL)
    return ATTEST_PROBE_STRUCTURE;
  return g_strv_contains (suffixes, probe->suffix) && attest_probe_is_xml (probe)
             ? ATTEST_PROBE_SUFFIX
             : 0;
}

const AttestReader attest_reader_eaf = { "eaf", "ELAN annotations", suffixes, eaf_probe, eaf_read };
