/** Where what is beside a conversation has its place: a column on wide screens, over the conversation on others. */
export const sidePanel =
  "flex min-h-0 w-full flex-col overflow-y-auto border-line bg-surface max-xl:absolute max-xl:inset-y-0 max-xl:end-0 max-xl:z-30 md:w-[20rem] md:shrink-0 md:border-s md:max-xl:shadow-high";
