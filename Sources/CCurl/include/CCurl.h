#ifndef CCURL_H
#define CCURL_H
#include <curl/curl.h>
#include <stddef.h>

/// libcurl's option and info calls take variable arguments, which Swift cannot call: each has a typed form here.

typedef size_t (*ccurl_data_callback)(char *data, size_t size, size_t count, void *context);
typedef int (*ccurl_request_callback)(void *context, char *remote, char *local, int remote_port, int local_port);

CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value);
CURLcode ccurl_set_offset(CURL *easy, CURLoption option, curl_off_t value);
CURLcode ccurl_set_string(CURL *easy, CURLoption option, const char *value);
CURLcode ccurl_set_pointer(CURL *easy, CURLoption option, void *value);
CURLcode ccurl_set_list(CURL *easy, CURLoption option, struct curl_slist *value);
/// Copies `size` bytes as the request's body. Zero bytes are a body too: `Content-Length: 0` is sent.
CURLcode ccurl_set_body(CURL *easy, const void *bytes, size_t size);
CURLcode ccurl_set_data_callback(CURL *easy, CURLoption option, ccurl_data_callback callback);
/// Called each time the request is about to be sent over a connection: also before libcurl sends it once more.
CURLcode ccurl_set_request_callback(CURL *easy, ccurl_request_callback callback);

CURLcode ccurl_get_long(CURL *easy, CURLINFO info, long *value);
CURLcode ccurl_get_offset(CURL *easy, CURLINFO info, curl_off_t *value);

CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value);
/// Takes the next finished transfer off the multi handle: 1 and its handle and result, or 0 when there is none.
int ccurl_next_finished(CURLM *multi, CURL **easy, CURLcode *result);
#endif
