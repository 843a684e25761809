// Types of schema api. Made by `npm run types`; a test proves that they are current.

export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[];

export type Database = {
  "api": {
    Tables: {
      [_ in never]: never;
    };
    Views: {
      [_ in never]: never;
    };
    Functions: {
      "accept_invitation": {
        Args: { "p_display_name"?: string; "p_token": string };
        Returns: Database["api"]["CompositeTypes"]["acceptance"];
        SetofOptions: {
          from: "*";
          to: "acceptance";
          isOneToOne: true;
          isSetofReturn: false;
        };
      };
      "acknowledge_alerts": { Args: { "p_session_id": string; "p_tenant_id": string }; Returns: boolean };
      "add_note": {
        Args: { "p_content": string; "p_message_id": string; "p_session_id": string; "p_tenant_id": string };
        Returns: number;
      };
      "approve_canonical_answer": { Args: { "p_id": string; "p_tenant_id": string }; Returns: undefined };
      "ask_alert_code": {
        Args: { "p_tenant_id": string };
        Returns: Database["api"]["CompositeTypes"]["alert_phone"][];
        SetofOptions: {
          from: "*";
          to: "alert_phone";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      "assign_session": {
        Args: { "p_note"?: string; "p_session_id": string; "p_tenant_id": string; "p_to": string };
        Returns: Database["api"]["CompositeTypes"]["handover"];
        SetofOptions: {
          from: "*";
          to: "handover";
          isOneToOne: true;
          isSetofReturn: false;
        };
      };
      "block_contact": {
        Args: { "p_contact_id": string; "p_is_blocked"?: boolean; "p_tenant_id": string };
        Returns: undefined;
      };
      "cancel_message": { Args: { "p_message_id": string; "p_tenant_id": string }; Returns: boolean };
      "change_role": {
        Args: { "p_role": string; "p_tenant_id": string; "p_user_id": string };
        Returns: Database["api"]["CompositeTypes"]["member"];
        SetofOptions: {
          from: "*";
          to: "member";
          isOneToOne: true;
          isSetofReturn: false;
        };
      };
      "confirm_alert_phone": {
        Args: { "p_tenant_id": string };
        Returns: Database["api"]["CompositeTypes"]["alert_phone"][];
        SetofOptions: {
          from: "*";
          to: "alert_phone";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      "count_queue": {
        Args: { "p_tenant_id": string };
        Returns: Database["api"]["CompositeTypes"]["queue_counts"][];
        SetofOptions: {
          from: "*";
          to: "queue_counts";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      "delete_quick_reply": { Args: { "p_id": string; "p_tenant_id": string }; Returns: boolean };
      "delete_tool": { Args: { "p_name": string; "p_tenant_id": string }; Returns: boolean };
      "disconnect_number": { Args: { "p_config_id": string; "p_tenant_id": string }; Returns: boolean };
      "forget_alert_phone": { Args: { "p_tenant_id": string }; Returns: undefined };
      "forget_push_subscription": {
        Args: { "p_endpoint": string; "p_everywhere"?: boolean; "p_tenant_id": string };
        Returns: number;
      };
      "get_alert_phone": {
        Args: { "p_tenant_id": string };
        Returns: Database["api"]["CompositeTypes"]["alert_phone"][];
        SetofOptions: {
          from: "*";
          to: "alert_phone";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      "get_assignment": { Args: { "p_tenant_id": string }; Returns: Json };
      "get_contact": { Args: { "p_contact_id": string; "p_tenant_id": string }; Returns: Json };
      "get_session": {
        Args: { "p_session_id": string; "p_tenant_id": string };
        Returns: Database["api"]["CompositeTypes"]["session"][];
        SetofOptions: {
          from: "*";
          to: "session";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      "get_sessions": {
        Args: { "p_session_ids": (string)[]; "p_tenant_id": string };
        Returns: Database["api"]["CompositeTypes"]["session"][];
        SetofOptions: {
          from: "*";
          to: "session";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      "get_turn": {
        Args: { "p_tenant_id": string; "p_turn_id": string };
        Returns: Database["api"]["CompositeTypes"]["turn"][];
        SetofOptions: {
          from: "*";
          to: "turn";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      "hand_back": {
        Args: { "p_contract"?: Json; "p_note"?: string; "p_session_id": string; "p_tenant_id": string };
        Returns: Database["api"]["CompositeTypes"]["handover"];
        SetofOptions: {
          from: "*";
          to: "handover";
          isOneToOne: true;
          isSetofReturn: false;
        };
      };
      "invite_member": {
        Args: { "p_email": string; "p_role": string; "p_tenant_id": string; "p_token_hash": string };
        Returns: Database["api"]["CompositeTypes"]["invitation"];
        SetofOptions: {
          from: "*";
          to: "invitation";
          isOneToOne: true;
          isSetofReturn: false;
        };
      };
      "keep_push_subscription": {
        Args: { "p_language"?: string; "p_subscription": Json; "p_tenant_id": string };
        Returns: string;
      };
      "leave_tenant": { Args: { "p_tenant_id": string }; Returns: undefined };
      "list_alerts": {
        Args: { "p_session_id": string; "p_tenant_id": string };
        Returns: Database["api"]["CompositeTypes"]["alert"][];
        SetofOptions: {
          from: "*";
          to: "alert";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      "list_canonical_answers": {
        Args: { "p_statuses"?: (string)[]; "p_tenant_id": string };
        Returns: Database["api"]["CompositeTypes"]["canonical_answer"][];
        SetofOptions: {
          from: "*";
          to: "canonical_answer";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      "list_channel_events": {
        Args: {
          "p_before_id"?: number;
          "p_config_id"?: string;
          "p_kinds"?: (string)[];
          "p_limit"?: number;
          "p_tenant_id": string;
        };
        Returns: Database["api"]["CompositeTypes"]["channel_event"][];
        SetofOptions: {
          from: "*";
          to: "channel_event";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      "list_channel_health": {
        Args: { "p_tenant_id": string };
        Returns: Database["api"]["CompositeTypes"]["channel_health"][];
        SetofOptions: {
          from: "*";
          to: "channel_health";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      "list_channel_problems": {
        Args: { "p_tenant_id": string };
        Returns: Database["api"]["CompositeTypes"]["problem"][];
        SetofOptions: {
          from: "*";
          to: "problem";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      "list_channels": {
        Args: { "p_tenant_id": string };
        Returns: Database["api"]["CompositeTypes"]["channel"][];
        SetofOptions: {
          from: "*";
          to: "channel";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      "list_escalations": {
        Args: {
          "p_before_at"?: string;
          "p_before_id"?: string;
          "p_limit"?: number;
          "p_statuses"?: (string)[];
          "p_tenant_id": string;
        };
        Returns: Database["api"]["CompositeTypes"]["escalation"][];
        SetofOptions: {
          from: "*";
          to: "escalation";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      "list_invitations": {
        Args: { "p_tenant_id": string };
        Returns: Database["api"]["CompositeTypes"]["invitation"][];
        SetofOptions: {
          from: "*";
          to: "invitation";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      "list_members": {
        Args: { "p_tenant_id": string };
        Returns: Database["api"]["CompositeTypes"]["member"][];
        SetofOptions: {
          from: "*";
          to: "member";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      "list_message_templates": {
        Args: { "p_config_id"?: string; "p_status"?: string; "p_tenant_id": string };
        Returns: Database["api"]["CompositeTypes"]["message_template"][];
        SetofOptions: {
          from: "*";
          to: "message_template";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      "list_messages": {
        Args: {
          "p_after_seq"?: number;
          "p_before_seq"?: number;
          "p_limit"?: number;
          "p_session_id": string;
          "p_tenant_id": string;
        };
        Returns: Database["api"]["CompositeTypes"]["message"][];
        SetofOptions: {
          from: "*";
          to: "message";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      "list_my_tenants": {
        Args: Record<PropertyKey, never>;
        Returns: Database["api"]["CompositeTypes"]["tenant"][];
        SetofOptions: {
          from: "*";
          to: "tenant";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      "list_notifications": {
        Args: { "p_limit"?: number; "p_tenant_id": string };
        Returns: Database["api"]["CompositeTypes"]["notification"][];
        SetofOptions: {
          from: "*";
          to: "notification";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      "list_promises": {
        Args: { "p_session_id": string; "p_tenant_id": string };
        Returns: Database["api"]["CompositeTypes"]["promise"][];
        SetofOptions: {
          from: "*";
          to: "promise";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      "list_push_devices": {
        Args: { "p_tenant_id": string };
        Returns: Database["api"]["CompositeTypes"]["push_device"][];
        SetofOptions: {
          from: "*";
          to: "push_device";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      "list_queue": {
        Args: {
          "p_after"?: Json;
          "p_filters"?: Json;
          "p_limit"?: number;
          "p_tenant_id": string;
          "p_view"?: string;
        };
        Returns: Json;
      };
      "list_quick_replies": {
        Args: { "p_tenant_id": string };
        Returns: Database["api"]["CompositeTypes"]["quick_reply"][];
        SetofOptions: {
          from: "*";
          to: "quick_reply";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      "list_secrets": {
        Args: { "p_tenant_id": string };
        Returns: Database["api"]["CompositeTypes"]["secret"][];
        SetofOptions: {
          from: "*";
          to: "secret";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      "list_sessions": {
        Args: {
          "p_assigned_to"?: string;
          "p_before_at"?: string;
          "p_before_id"?: string;
          "p_holders"?: (string)[];
          "p_limit"?: number;
          "p_status"?: string;
          "p_tenant_id": string;
        };
        Returns: Database["api"]["CompositeTypes"]["session"][];
        SetofOptions: {
          from: "*";
          to: "session";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      "list_shared_files": {
        Args: { "p_tenant_id": string };
        Returns: Database["api"]["CompositeTypes"]["shared_file"][];
        SetofOptions: {
          from: "*";
          to: "shared_file";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      "list_tags": {
        Args: { "p_tenant_id": string };
        Returns: Database["api"]["CompositeTypes"]["tag_count"][];
        SetofOptions: {
          from: "*";
          to: "tag_count";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      "list_tools": {
        Args: { "p_tenant_id": string };
        Returns: Database["api"]["CompositeTypes"]["tool"][];
        SetofOptions: {
          from: "*";
          to: "tool";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      "list_turns": {
        Args: {
          "p_before_at"?: string;
          "p_before_id"?: string;
          "p_limit"?: number;
          "p_session_id": string;
          "p_tenant_id": string;
        };
        Returns: Database["api"]["CompositeTypes"]["turn"][];
        SetofOptions: {
          from: "*";
          to: "turn";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      "make_canonical_answer": { Args: { "p_message_id": string; "p_tenant_id": string }; Returns: string };
      "mark_notifications_read": { Args: { "p_tenant_id": string }; Returns: string };
      "mark_read": { Args: { "p_session_id": string; "p_tenant_id": string }; Returns: undefined };
      "mark_unread": { Args: { "p_session_id": string; "p_tenant_id": string }; Returns: undefined };
      "merge_contacts": {
        Args: { "p_contact_id": string; "p_other_contact_id": string; "p_tenant_id": string };
        Returns: string;
      };
      "preview_settings": {
        Args: { "p_from": string; "p_settings": Json; "p_tenant_id": string; "p_to": string };
        Returns: Database["api"]["CompositeTypes"]["settings_preview"];
        SetofOptions: {
          from: "*";
          to: "settings_preview";
          isOneToOne: true;
          isSetofReturn: false;
        };
      };
      "propose_hand_back": { Args: { "p_session_id": string; "p_tenant_id": string }; Returns: Json };
      "release_session": {
        Args: { "p_session_id": string; "p_tenant_id": string };
        Returns: Database["api"]["CompositeTypes"]["handover"];
        SetofOptions: {
          from: "*";
          to: "handover";
          isOneToOne: true;
          isSetofReturn: false;
        };
      };
      "remove_member": { Args: { "p_tenant_id": string; "p_user_id": string }; Returns: undefined };
      "remove_secret": { Args: { "p_name": string; "p_tenant_id": string }; Returns: boolean };
      "reopen_session": {
        Args: { "p_session_id": string; "p_tenant_id": string };
        Returns: Database["api"]["CompositeTypes"]["handover"];
        SetofOptions: {
          from: "*";
          to: "handover";
          isOneToOne: true;
          isSetofReturn: false;
        };
      };
      "resend_invitation": {
        Args: { "p_invitation_id": string; "p_tenant_id": string; "p_token_hash": string };
        Returns: Database["api"]["CompositeTypes"]["invitation"];
        SetofOptions: {
          from: "*";
          to: "invitation";
          isOneToOne: true;
          isSetofReturn: false;
        };
      };
      "resolve_session": {
        Args: { "p_session_id": string; "p_tenant_id": string };
        Returns: Database["api"]["CompositeTypes"]["handover"];
        SetofOptions: {
          from: "*";
          to: "handover";
          isOneToOne: true;
          isSetofReturn: false;
        };
      };
      "resume_channel": { Args: { "p_config_id": string; "p_tenant_id": string }; Returns: undefined };
      "retire_canonical_answer": { Args: { "p_id": string; "p_tenant_id": string }; Returns: undefined };
      "revoke_invitation": {
        Args: { "p_invitation_id": string; "p_tenant_id": string };
        Returns: Database["api"]["CompositeTypes"]["invitation"];
        SetofOptions: {
          from: "*";
          to: "invitation";
          isOneToOne: true;
          isSetofReturn: false;
        };
      };
      "save_alert_settings": { Args: { "p_alerts": Json; "p_tenant_id": string }; Returns: Json };
      "save_assignment": {
        Args: { "p_assignment": string; "p_skills": Json; "p_tenant_id": string };
        Returns: undefined;
      };
      "save_canonical_answer": {
        Args: {
          "p_answers": Json;
          "p_expires_at"?: string;
          "p_id"?: string;
          "p_owner_id"?: string;
          "p_tenant_id": string;
          "p_variants": (string)[];
        };
        Returns: string;
      };
      "save_hand_back_settings": { Args: { "p_hand_back": Json; "p_tenant_id": string }; Returns: Json };
      "save_quick_reply": {
        Args: { "p_content": string; "p_id"?: string; "p_shortcut": string; "p_tenant_id": string };
        Returns: string;
      };
      "save_tool": { Args: { "p_tenant_id": string; "p_tool": Json }; Returns: string };
      "search_sessions": {
        Args: { "p_limit"?: number; "p_query": string; "p_tenant_id": string };
        Returns: Json;
      };
      "send_message": {
        Args: { "p_base_fence"?: number; "p_message": Json; "p_session_id": string; "p_tenant_id": string };
        Returns: Database["api"]["CompositeTypes"]["sent_message"];
        SetofOptions: {
          from: "*";
          to: "sent_message";
          isOneToOne: true;
          isSetofReturn: false;
        };
      };
      "set_opt_out": {
        Args: { "p_contact_id": string; "p_is_opted_out"?: boolean; "p_tenant_id": string };
        Returns: undefined;
      };
      "set_session_priority": {
        Args: { "p_priority": number; "p_session_id": string; "p_tenant_id": string };
        Returns: undefined;
      };
      "set_session_tags": {
        Args: { "p_session_id": string; "p_tags": (string)[]; "p_tenant_id": string };
        Returns: (string)[];
      };
      "settle_promise": {
        Args: { "p_promise_id": string; "p_status": string; "p_tenant_id": string };
        Returns: Database["api"]["CompositeTypes"]["promise"][];
        SetofOptions: {
          from: "*";
          to: "promise";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      "share_file": {
        Args: { "p_description": string; "p_media": Json; "p_name": string; "p_tenant_id": string };
        Returns: undefined;
      };
      "snooze_session": {
        Args: { "p_session_id": string; "p_tenant_id": string; "p_until": string };
        Returns: undefined;
      };
      "take_over": {
        Args: { "p_only_free"?: boolean; "p_session_id": string; "p_tenant_id": string };
        Returns: Database["api"]["CompositeTypes"]["handover"];
        SetofOptions: {
          from: "*";
          to: "handover";
          isOneToOne: true;
          isSetofReturn: false;
        };
      };
      "tell_in_use": { Args: { "p_tenant_id": string }; Returns: string };
      "try_push": { Args: { "p_push_subscription_id": string; "p_tenant_id": string }; Returns: undefined };
      "unshare_file": { Args: { "p_name": string; "p_tenant_id": string }; Returns: boolean };
      "update_contact": {
        Args: { "p_changes": Json; "p_contact_id": string; "p_tenant_id": string };
        Returns: undefined;
      };
      "update_my_profile": {
        Args: {
          "p_availability"?: string;
          "p_display_name"?: string;
          "p_notify"?: Json;
          "p_phone"?: string;
          "p_tenant_id": string;
        };
        Returns: Database["api"]["CompositeTypes"]["member"];
        SetofOptions: {
          from: "*";
          to: "member";
          isOneToOne: true;
          isSetofReturn: false;
        };
      };
    };
    Enums: {
      [_ in never]: never;
    };
    CompositeTypes: {
      "acceptance": {
        "tenant_id": string | null;
        "tenant_name": string | null;
        "role": string | null;
        "code": string | null;
        "message": string | null;
      };
      "alert": {
        "id": string | null;
        "escalation_id": string | null;
        "rung": string | null;
        "cause": string | null;
        "user_id": string | null;
        "way": string | null;
        "created_at": string | null;
        "sent_at": string | null;
        "delivered_at": string | null;
        "opened_at": string | null;
        "failure": string | null;
        "acknowledged_at": string | null;
        "acknowledged_by": string | null;
      };
      "alert_phone": {
        "code": string | null;
        "code_expires_at": string | null;
        "phone": string | null;
        "verified_at": string | null;
        "send_to": string | null;
      };
      "canonical_answer": {
        "id": string | null;
        "variants": (string)[] | null;
        "answers": Json | null;
        "status": string | null;
        "owner_id": string | null;
        "expires_at": string | null;
        "is_expired": boolean | null;
        "hits": number | null;
        "last_hit_at": string | null;
        "contradicts": (string)[] | null;
        "contradicted_at": string | null;
        "source_message_id": string | null;
        "approved_by": string | null;
        "approved_at": string | null;
        "created_at": string | null;
        "updated_at": string | null;
      };
      "channel": {
        "config_id": string | null;
        "channel_type": string | null;
        "display_name": string | null;
        "phone_number_id": string | null;
        "display_phone_number": string | null;
        "is_connected": boolean | null;
        "is_enabled": boolean | null;
        "created_at": string | null;
      };
      "channel_event": {
        "id": number | null;
        "config_id": string | null;
        "kind": string | null;
        "contact_id": string | null;
        "body": Json | null;
        "occurred_at": string | null;
      };
      "channel_health": {
        "config_id": string | null;
        "channel_type": string | null;
        "display_name": string | null;
        "is_enabled": boolean | null;
        "account": Json | null;
        "provider_errors": number | null;
        "last_provider_error": Json | null;
        "last_provider_error_at": string | null;
      };
      "escalation": {
        "id": string | null;
        "session_id": string | null;
        "contact_name": string | null;
        "reason": string | null;
        "category": string | null;
        "urgency": string | null;
        "status": string | null;
        "opened_by": string | null;
        "claimed_by": string | null;
        "claimed_at": string | null;
        "resolved_at": string | null;
        "due_at": string | null;
        "summary": string | null;
        "created_at": string | null;
      };
      "handover": {
        "session_id": string | null;
        "holder": string | null;
        "status": string | null;
        "assigned_to": string | null;
        "fence": number | null;
        "cancelled": (string)[] | null;
        "still_sending": (string)[] | null;
      };
      "invitation": {
        "id": string | null;
        "email": string | null;
        "role": string | null;
        "status": string | null;
        "invited_by": string | null;
        "expires_at": string | null;
        "created_at": string | null;
      };
      "machine_version": {
        "version": number | null;
        "published_at": string | null;
      };
      "member": {
        "user_id": string | null;
        "role": string | null;
        "display_name": string | null;
        "email": string | null;
        "phone": string | null;
        "availability": string | null;
        "chosen_availability": string | null;
        "notify": Json | null;
        "is_me": boolean | null;
        "joined_at": string | null;
      };
      "message": {
        "id": string | null;
        "seq": number | null;
        "session_id": string | null;
        "direction": string | null;
        "sender_type": string | null;
        "sender_id": string | null;
        "type": string | null;
        "content": string | null;
        "payload": Json | null;
        "media": Json | null;
        "reply_to": string | null;
        "status": string | null;
        "error": Json | null;
        "turn_id": string | null;
        "rag_sources": Json | null;
        "language": string | null;
        "external_timestamp": string | null;
        "created_at": string | null;
        "intent": string | null;
        "sentiment": string | null;
      };
      "message_template": {
        "id": string | null;
        "account_id": string | null;
        "external_id": string | null;
        "name": string | null;
        "language": string | null;
        "category": string | null;
        "status": string | null;
        "quality": string | null;
        "components": Json | null;
        "reason": string | null;
        "updated_at": string | null;
      };
      "notification": {
        "id": string | null;
        "kind": string | null;
        "session_id": string | null;
        "contact_name": string | null;
        "body": Json | null;
        "at": string | null;
        "is_read": boolean | null;
      };
      "problem": {
        "name": string | null;
        "config_id": string | null;
        "count": number | null;
        "last_at": string | null;
        "details": Json | null;
      };
      "promise": {
        "id": string | null;
        "session_id": string | null;
        "content": string | null;
        "doer": string | null;
        "due_at": string | null;
        "status": string | null;
        "created_by": string | null;
        "created_at": string | null;
        "settled_at": string | null;
      };
      "push_device": {
        "id": string | null;
        "endpoint": string | null;
        "language": string | null;
        "created_at": string | null;
      };
      "queue_counts": {
        "needs_answer": number | null;
        "mine": number | null;
        "unassigned": number | null;
        "snoozed": number | null;
        "bot": number | null;
      };
      "queued_session": {
        "id": string | null;
        "is_late": boolean | null;
        "sort_at": string | null;
      };
      "quick_reply": {
        "id": string | null;
        "shortcut": string | null;
        "content": string | null;
        "created_by": string | null;
        "updated_at": string | null;
      };
      "secret": {
        "name": string | null;
        "config_id": string | null;
        "last_four": string | null;
        "updated_at": string | null;
      };
      "sent_message": {
        "id": string | null;
        "seq": number | null;
        "status": string | null;
        "is_new": boolean | null;
        "due": boolean | null;
      };
      "session": {
        "id": string | null;
        "contact_id": string | null;
        "contact_name": string | null;
        "contact_phone": string | null;
        "config_id": string | null;
        "channel_type": string | null;
        "channel_name": string | null;
        "holder": string | null;
        "status": string | null;
        "state": string | null;
        "assigned_to": string | null;
        "priority": number | null;
        "tags": (string)[] | null;
        "variables": Json | null;
        "fence": number | null;
        "window_expires_at": string | null;
        "last_message_at": string | null;
        "last_message_preview": string | null;
        "last_message_from": string | null;
        "unread_count": number | null;
        "message_count": number | null;
        "summary": string | null;
        "topics": (string)[] | null;
        "sentiment": string | null;
        "intent": string | null;
        "language": string | null;
        "escalation_id": string | null;
        "escalation_reason": string | null;
        "escalation_urgency": string | null;
        "is_legacy": boolean | null;
        "created_at": string | null;
        "escalation_category": string | null;
        "escalation_summary": string | null;
        "escalated_at": string | null;
        "due_at": string | null;
        "snoozed_until": string | null;
        "opted_out_at": string | null;
        "blocked_at": string | null;
        "held_until": string | null;
        "acknowledged_at": string | null;
      };
      "settings_preview": {
        "turns": number | null;
        "is_partial": boolean | null;
        "decisions_now": Json | null;
        "decisions_then": Json | null;
        "changed": number | null;
        "changes": Json | null;
      };
      "shared_file": {
        "name": string | null;
        "description": string | null;
        "path": string | null;
        "mime_type": string | null;
        "size": number | null;
        "file_name": string | null;
        "updated_at": string | null;
      };
      "tag_count": {
        "tag": string | null;
        "amount": number | null;
      };
      "tenant": {
        "id": string | null;
        "slug": string | null;
        "name": string | null;
        "status": string | null;
        "locale": string | null;
        "time_zone": string | null;
        "role": string | null;
        "settings": Json | null;
      };
      "tool": {
        "id": string | null;
        "name": string | null;
        "description": string | null;
        "parameters": Json | null;
        "url_template": string | null;
        "method": string | null;
        "secret_headers": (string)[] | null;
        "timeout_ms": number | null;
        "retries": number | null;
        "is_enabled": boolean | null;
        "updated_at": string | null;
      };
      "turn": {
        "id": string | null;
        "session_id": string | null;
        "cause": string | null;
        "status": string | null;
        "decision": string | null;
        "confidence": number | null;
        "scores": Json | null;
        "from_state": string | null;
        "to_state": string | null;
        "machine_version": number | null;
        "reason": string | null;
        "model": string | null;
        "model_calls": number | null;
        "input_tokens": number | null;
        "cached_tokens": number | null;
        "output_tokens": number | null;
        "cost_usd": number | null;
        "latency_ms": number | null;
        "evidence": Json | null;
        "error": string | null;
        "created_at": string | null;
        "finished_at": string | null;
        "language": string | null;
        "intent": string | null;
        "sentiment": string | null;
      };
    };
  };
};

type DatabaseWithoutInternals = Omit<Database, "__InternalSupabase">;

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, "api">];

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  } ? keyof (
      & DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
      & DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"]
    )
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals } ? (
    & DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    & DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"]
  )[TableName] extends {
    Row: infer R;
  } ? R
  : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
    ? (DefaultSchema["Tables"] & DefaultSchema["Views"])[DefaultSchemaTableNameOrOptions] extends {
      Row: infer R;
    } ? R
    : never
  : never;

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  } ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
    Insert: infer I;
  } ? I
  : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
    ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Insert: infer I;
    } ? I
    : never
  : never;

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  } ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
    Update: infer U;
  } ? U
  : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
    ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Update: infer U;
    } ? U
    : never
  : never;

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    | keyof DefaultSchema["Enums"]
    | { schema: keyof DatabaseWithoutInternals },
  EnumName extends DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  } ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"]
    : never = never,
> = DefaultSchemaEnumNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema["Enums"]
    ? DefaultSchema["Enums"][DefaultSchemaEnumNameOrOptions]
  : never;

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema["CompositeTypes"]
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  } ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"]
    : never = never,
> = PublicCompositeTypeNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema["CompositeTypes"]
    ? DefaultSchema["CompositeTypes"][PublicCompositeTypeNameOrOptions]
  : never;

export const Constants = {
  "api": {
    Enums: {},
  },
} as const;
