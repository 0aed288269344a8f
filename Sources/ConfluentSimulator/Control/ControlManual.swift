/// What `GET /control/v1` answers: the manual of the control interface, for people with curl.
enum ControlManual {
    static let text = """
        The control interface of the Confluent simulator. Bodies are JSON; unknown members are refused.

        GET    /control/v1/clusters                     every cluster: id, name, dialect, links, ghosts, faults
        POST   /control/v1/clusters                     {"cluster_id", "name", "links": 5, "dialect": "cloud|server|older",
                                                         "basic": {"username", "password"},
                                                         "bearer": {"token", "identity_pool"}}   all but cluster_id optional
        DELETE /control/v1/clusters/{cluster_id}
        PUT    /control/v1/clusters/{cluster_id}/credential   {"basic": …} or {"bearer": …}; {} asks for none

        GET    /control/v1/clusters/{cluster_id}/faults
        POST   /control/v1/clusters/{cluster_id}/faults       one fault, see below; answers its id
        DELETE /control/v1/clusters/{cluster_id}/faults       clears all
        DELETE /control/v1/clusters/{cluster_id}/faults/{fault_id}
        PUT    /control/v1/clusters/{cluster_id}/list-body    the request's body is what the list answers, byte for byte

        POST   /control/v1/clusters/{cluster_id}/links        {"link_name", "role": "destination|source|bidirectional",
                                                         "remote_cluster_id", "cluster_link_id", "topic_names",
                                                         "link_error", "link_error_message", "link_state"}; listed at once
        POST   /control/v1/clusters/{cluster_id}/links/{link_name}/events   one event, see below
        POST   /control/v1/clusters/{cluster_id}/ghosts       {"add": 2} or {"remove": 1}

        GET    /control/v1/requests[?cluster_id=]       how often each cluster was asked what
        DELETE /control/v1/requests                     counts from 0 again
        PUT    /control/v1/timing                       {"creation_milliseconds": 2000, "deletion_milliseconds": 3000}
        POST   /control/v1/settle                       completes creations and deletions under way

        Faults, each with "kind" and optionally "count" (for the next N requests, else until cleared), "on" (all, lists,
        links for single GETs, details for settings and mirror topics, writes) and "link_name". Several apply in the order
        in which they were injected.

          {"kind": "status", "status": 503, "body": "json|html|none", "error_code": 50302, "message": "…", "headers": {}}
          {"kind": "rate_limit", "retry_after": "5"}          429 as an HTML page; without retry_after no such field
          {"kind": "delay", "milliseconds": 500}              before the answer
          {"kind": "drip", "bytes": 1, "every_milliseconds": 100}
          {"kind": "reset"}                                   before any answer; with "after": N, after N bytes of the body
          {"kind": "truncate", "after": 20}                   closed in order, less than the declared length
          {"kind": "garbage", "bytes": 512}
          {"kind": "gzip", "declared": false}                 with or without Content-Encoding
          {"kind": "oversized", "bytes": 70000000}            padded with white space; then gzip: a small huge body
          {"kind": "chunked"}                                 no Content-Length
          {"kind": "empty"}                                   200 and nothing
          {"kind": "data", "value": null}                     the list's data: any JSON; without value it is left out
          {"kind": "item", "value": {}}                       one item more in data: any JSON
          {"kind": "duplicate", "different": true}            the first item twice, the second with another state
          {"kind": "paginate", "size": 2, "origin": "http://other:1"}   pages by metadata.next; origin optional
          {"kind": "body", "status": 200, "content_type": "text/plain", "text": "…"}

        Events of a link, each with "event":

          {"event": "error", "link_error": "TIMEOUT_ERROR", "link_error_message": "…"}   any code; null is none
          {"event": "state", "link_state": "UNAVAILABLE"}     any state
          {"event": "task", "task_name": "AclSync", "state": "IN_ERROR", "error_code": "…", "error_message": "…"}
          {"event": "recover"}                                active, no error, no task error, no changed fields
          {"event": "delete"}                                 at once, both sides; "delete_side": only this one
          {"event": "recreate"}                               the same name with new ids, both sides
          {"event": "topics", "topic_names": ["b", "a"]}      "shuffle_topics": the same in another order
          {"event": "field", "name": "new_field", "value": 1} any field, known or not; "absent": true hides it,
                                                              neither restores it

        """
}
