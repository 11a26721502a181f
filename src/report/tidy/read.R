# Reads the tables of this folder, which attest wrote, with their types: source("read.R") in it.
#
# attest$segments, attest$respondents …: a data frame each. columns.csv says what each column is.

read_attest <- function(folder = ".") {
  text <- function(name) {
    table <- read.csv(file.path(folder, name),
      colClasses = "character", na.strings = character(),
      encoding = "UTF-8", check.names = FALSE, strip.white = FALSE
    )
    # A cell that a spreadsheet would run as a formula has an apostrophe in front.
    table[] <- lapply(table, function(column) {
      column <- sub("^'([-=+@\t\r])", "\\1", column)
      column[column == ""] <- NA
      column
    })
    table
  }
  dictionary <- text("columns.csv")
  tables <- list()
  for (name in unique(dictionary$table)) {
    table <- text(paste0(name, ".csv"))
    types <- dictionary[dictionary$table == name, ]
    for (i in seq_len(nrow(types))) {
      column <- types$column[i]
      table[[column]] <- switch(types$type[i],
        integer = , milliseconds = , number = as.numeric(table[[column]]),
        logical = table[[column]] == "yes",
        list = strsplit(as.character(ifelse(is.na(table[[column]]), "", table[[column]])),
          "; ", fixed = TRUE
        ),
        table[[column]]
      )
    }
    tables[[name]] <- table
  }
  tables$columns <- dictionary
  tables
}

attest <- read_attest()

# For example, how many respondents of each group spoke of each code:
# with(attest$matrix, xtabs(respondents ~ code + group))
# and which of the segments that nobody rejected belong to whom:
# merge(subset(attest$segments, status != "rejected"), attest$respondents, by = "respondent")
