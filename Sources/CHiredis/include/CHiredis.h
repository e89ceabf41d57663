#ifndef CHIREDIS_H
#define CHIREDIS_H
// The system's hiredis. Not through pkg-config: its file carries a flag that the package manager refuses.
#include <hiredis/hiredis.h>
#endif
