#ifndef CVOCABULARY_H
#define CVOCABULARY_H
#include <stddef.h>

// The tables of Sources/RevOps/Normalization/Data, compiled into the program: a binary that is moved needs no files
// beside it, and a missing table is a build error.

typedef struct {
  const unsigned char *bytes;
  size_t count;
} VocabularyText;

VocabularyText vocabulary_cities(void);
VocabularyText vocabulary_countries(void);
VocabularyText vocabulary_departments(void);
VocabularyText vocabulary_dialling(void);
VocabularyText vocabulary_english(void);
VocabularyText vocabulary_hosts(void);
VocabularyText vocabulary_industries(void);
VocabularyText vocabulary_nanp(void);
VocabularyText vocabulary_regions(void);
VocabularyText vocabulary_titles(void);
VocabularyText vocabulary_tlds(void);
VocabularyText vocabulary_words(void);

#endif
