import { memo } from "react";
import { MessageBody, type MessageBodyProps } from "./message-body.tsx";

/** One message as an item of a list: see {@linkcode MessageBody}. */
export const MessageBubble = memo(function MessageBubble(props: MessageBodyProps) {
  const isOwn = props.item.side === "own";
  return (
    <li
      data-testid="message"
      data-side={props.item.side}
      data-id={props.item.id}
      className={`flex flex-col ${isOwn ? "items-end" : "items-start"} ${
        props.startsGroup ? "mt-3" : "mt-1"
      }`}
    >
      <MessageBody {...props} />
    </li>
  );
});
