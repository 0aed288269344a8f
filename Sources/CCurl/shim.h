#pragma once

#include <curl/curl.h>

// Swift cannot call C's variadic functions: these are typed doors to them and
// nothing else. The type of each option's value is given on its page,
// https://curl.se/libcurl/c/curl_easy_setopt.html

typedef size_t (*linkwatch_curl_data_callback)(char *bytes, size_t size, size_t count, void *context);
typedef int (*linkwatch_curl_socket_callback)(void *context, curl_socket_t socket, curlsocktype purpose);

static inline CURLcode linkwatch_curl_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode linkwatch_curl_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode linkwatch_curl_set_string(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode linkwatch_curl_set_pointer(CURL *easy, CURLoption option, void *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode linkwatch_curl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode linkwatch_curl_set_data_callback(
    CURL *easy, CURLoption option, linkwatch_curl_data_callback value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode linkwatch_curl_set_socket_callback(
    CURL *easy, CURLoption option, linkwatch_curl_socket_callback value) {
    return curl_easy_setopt(easy, option, value);
}

// https://curl.se/libcurl/c/curl_easy_getinfo.html

static inline CURLcode linkwatch_curl_get_long(CURL *easy, CURLINFO info, long *value) {
    return curl_easy_getinfo(easy, info, value);
}

static inline CURLcode linkwatch_curl_get_offset(CURL *easy, CURLINFO info, curl_off_t *value) {
    return curl_easy_getinfo(easy, info, value);
}

static inline CURLcode linkwatch_curl_get_string(CURL *easy, CURLINFO info, const char **value) {
    return curl_easy_getinfo(easy, info, value);
}

static inline CURLcode linkwatch_curl_get_pointer(CURL *easy, CURLINFO info, void **value) {
    return curl_easy_getinfo(easy, info, value);
}

static inline CURLcode linkwatch_curl_get_socket(CURL *easy, CURLINFO info, curl_socket_t *value) {
    return curl_easy_getinfo(easy, info, value);
}

// https://curl.se/libcurl/c/curl_multi_setopt.html

static inline CURLMcode linkwatch_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

// A finished transfer's result lies in a union, which a door flattens.
// https://curl.se/libcurl/c/curl_multi_info_read.html

static inline CURL *linkwatch_curl_multi_next_finished(CURLM *multi, CURLcode *result) {
    int left = 0;
    for (CURLMsg *message; (message = curl_multi_info_read(multi, &left)) != NULL;) {
        if (message->msg == CURLMSG_DONE) {
            *result = message->data.result;
            return message->easy_handle;
        }
    }
    return NULL;
}
