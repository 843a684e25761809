import { useState } from "react";
import { Popover } from "@app/ui/mod.ts";
import { useSpeech } from "../../lib/speech.ts";
import { EmojiButton } from "./emoji-button.tsx";

/** What people who sell use; everything else is on the keyboard of the device. */
const EMOJI =
  "😀 😃 😄 😁 😅 😂 🙂 😉 😊 😍 😘 😎 🤗 🤔 🙄 😴 😢 😭 😡 😱 🤝 👍 👎 👌 ✌️ 🙏 👏 💪 👋 🤞 ❤️ 💛 💚 💙 💜 💔 🔥 ⭐ ✨ 🎉 🎁 🎂 📦 🚚 🛒 🏷️ 💳 💵 🧾 📍 🕐 📅 📞 📷 📎 ✅ ❌ ⚠️ ❓ ❗"
    .split(" ");

/** A small board of emoji. */
export function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
  const { words } = useSpeech();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Popover
      label={words.composer.emoji}
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      trigger={<EmojiButton />}
    >
      <div className="grid grid-cols-8 gap-0.5">
        {EMOJI.map((emoji) => (
          <button
            key={emoji}
            type="button"
            onClick={() => {
              onPick(emoji);
              setIsOpen(false);
            }}
            className="grid size-9 place-items-center rounded-lg text-xl hover:bg-accent-soft"
          >
            {emoji}
          </button>
        ))}
      </div>
    </Popover>
  );
}
