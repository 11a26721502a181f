#include "util/attest-case.h"

#include <unicode/uchar.h>
#include <unicode/uset.h>

gunichar
attest_case_fold (gunichar c)
{
  return (gunichar)u_foldCase ((UChar32)c, U_FOLD_CASE_DEFAULT);
}

guint
attest_case_equivalents (gunichar c, gunichar out[ATTEST_MAX_CASE_EQUIVALENTS])
{
  USet *closed = uset_open ((UChar32)c, (UChar32)c);
  guint n = 0;

  uset_closeOver (closed, USET_CASE_INSENSITIVE);
  /* Equivalents of several characters ("ss" of "ß") are no foldings of one; they are no items here.
   */
  for (int32_t i = 0; i < uset_size (closed) && n < ATTEST_MAX_CASE_EQUIVALENTS; i++)
    {
      UChar32 equal = uset_charAt (closed, i);

      if (equal >= 0)
        out[n++] = (gunichar)equal;
    }
  uset_close (closed);
  return n;
}
