/* attest-svg: small charts inside an HTML page, each with its text.
 *
 * Shapes take their colours from the style sheet of the page by class, so that they follow light
 * and dark. A number that a chart shows stands beside it as text, too.
 */
#pragma once

#include "report/attest-html.h"

G_BEGIN_DECLS

/** A bar of @value on a scale from 0 to @maximum; @label: what it says. */
void attest_svg_bar (AttestHtml *html, double value, double maximum, const char *label);

/** @part of @whole, counted: as many squares as @whole up to 20, of which @part are filled; a bar
 * beyond. */
void attest_svg_share (AttestHtml *html, gint64 part, gint64 whole, const char *label);

G_END_DECLS
