#include "CEventQueue.h"
