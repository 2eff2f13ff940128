// mallinfo2, which the Glibc module leaves out.
#pragma once
#include <malloc.h>
