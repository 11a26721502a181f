# C without comments and without what stands in string and character literals, as FILE:LINE:CODE.
# A raw pattern, not a parser: enough to look for names.
FNR == 1 { comment = 0 }
{
  line = $0
  code = ""
  while (line != "") {
    if (comment) {
      end = index(line, "*/")
      if (end == 0) break
      line = substr(line, end + 2)
      comment = 0
    } else if (match(line, /\/\*|\/\/|"([^"\\]|\\.)*"|'([^'\\]|\\.)+'/)) {
      code = code substr(line, 1, RSTART - 1)
      token = substr(line, RSTART, RLENGTH)
      if (token == "//") break
      if (token == "/*") comment = 1
      # An include keeps its name.
      else code = code (code ~ /^#[ ]*include/ ? token : "\"\"")
      line = substr(line, RSTART + RLENGTH)
    } else {
      code = code line
      break
    }
  }
  if (code ~ /[^ ]/) print FILENAME ":" FNR ":" code
}
