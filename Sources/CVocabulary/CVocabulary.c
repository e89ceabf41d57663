#include "CVocabulary.h"

// #embed is C23; clang takes it in every mode and warns.
#pragma clang diagnostic ignored "-Wc23-extensions"

#define TABLE(name) \
  VocabularyText vocabulary_##name(void) { return (VocabularyText){name, sizeof name}; }

static const unsigned char cities[] = {
#embed "../RevOps/Normalization/Data/cities.tsv"
};
TABLE(cities)

static const unsigned char countries[] = {
#embed "../RevOps/Normalization/Data/countries.tsv"
};
TABLE(countries)

static const unsigned char departments[] = {
#embed "../RevOps/Normalization/Data/departments.tsv"
};
TABLE(departments)

static const unsigned char dialling[] = {
#embed "../RevOps/Normalization/Data/dialling.tsv"
};
TABLE(dialling)

static const unsigned char english[] = {
#embed "../RevOps/Normalization/Data/english.tsv"
};
TABLE(english)

static const unsigned char hosts[] = {
#embed "../RevOps/Normalization/Data/hosts.tsv"
};
TABLE(hosts)

static const unsigned char industries[] = {
#embed "../RevOps/Normalization/Data/industries.tsv"
};
TABLE(industries)

static const unsigned char nanp[] = {
#embed "../RevOps/Normalization/Data/nanp.tsv"
};
TABLE(nanp)

static const unsigned char regions[] = {
#embed "../RevOps/Normalization/Data/regions.tsv"
};
TABLE(regions)

static const unsigned char titles[] = {
#embed "../RevOps/Normalization/Data/titles.tsv"
};
TABLE(titles)

static const unsigned char tlds[] = {
#embed "../RevOps/Normalization/Data/tlds.tsv"
};
TABLE(tlds)

static const unsigned char words[] = {
#embed "../RevOps/Normalization/Data/words.tsv"
};
TABLE(words)
