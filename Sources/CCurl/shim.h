#pragma once
#include <curl/curl.h>

// curl_easy_setopt, curl_easy_getinfo and curl_multi_setopt are variadic: Swift imports none of them.

static inline CURLcode linekeeper_curl_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

// libcurl copies the text, for every option that takes one.
static inline CURLcode linekeeper_curl_set_text(CURL *easy, CURLoption option, const char *text) {
    return curl_easy_setopt(easy, option, text);
}

// The list must live until the transfer ends.
static inline CURLcode linekeeper_curl_set_headers(CURL *easy, struct curl_slist *headers) {
    return curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
}

// libcurl copies the bytes. Makes the request a POST until CURLOPT_CUSTOMREQUEST renames it.
static inline CURLcode linekeeper_curl_set_body(CURL *easy, const void *bytes, size_t length) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)length);
    if (code != CURLE_OK) return code;
    return curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, length > 0 ? bytes : "");
}

// All callbacks get the same context. The buffer is of CURL_ERROR_SIZE bytes; it and the context
// must live until the handle is cleaned up.
static inline CURLcode linekeeper_curl_set_callbacks(CURL *easy, void *context,
                                                     curl_write_callback body,
                                                     curl_write_callback header,
                                                     curl_prereq_callback before_request,
                                                     char *error_buffer) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, body);
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_WRITEDATA, context);
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, header);
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_HEADERDATA, context);
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, before_request);
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_PREREQDATA, context);
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, error_buffer);
    return code;
}

static inline long linekeeper_curl_status(CURL *easy) {
    long status = 0;
    return curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK ? status : 0;
}

static inline CURLMcode linekeeper_curl_multi_set_long(CURLM *multi, CURLMoption option,
                                                       long value) {
    return curl_multi_setopt(multi, option, value);
}
