#pragma once

#include <sanitizer/allocator_interface.h>
#include <stddef.h>
#include <stdint.h>

// libFuzzer has no header for what its targets may call
// (https://github.com/llvm/llvm-project/blob/main/compiler-rt/lib/fuzzer/FuzzerInterface.h).

/// Changes the input in place by one of libFuzzer's own mutations; returns its new size.
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
