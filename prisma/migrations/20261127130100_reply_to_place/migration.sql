-- AlterTable
ALTER TABLE "messages" ADD COLUMN     "reply_to_place" TEXT;
