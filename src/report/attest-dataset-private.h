/* Between the files that make a dataset. */
#pragma once

#include "report/attest-dataset.h"

typedef struct
{
  AttestStore *store;
  AttestDisclosure *disclosure; /* (nullable) NULL: for the team */
  AttestDatasetFunc func;
  gpointer data;
  AttestTable *columns; /* the dictionary: a row a column of the tables handed on so far */
} AttestDataset;

/** The first part of a table; its columns go into the dictionary. */
gboolean attest_dataset_begin (AttestDataset *dataset, const char *name, AttestTable *table,
                               GError **error);
/** Another part, see AttestDatasetFunc. */
gboolean attest_dataset_continue (AttestDataset *dataset, const char *name, AttestTable *table,
                                  GError **error);

/** A column whose heading for people is its key in words. */
void attest_dataset_add_column (AttestTable *table, const char *key, AttestColumnType type);

/** The tables ratings, findings … links. */
gboolean attest_dataset_add_ledger (AttestDataset *dataset, GError **error);
