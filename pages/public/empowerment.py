from pages.ui import theme_page

theme_page.draw("empowerment", "Empowerment: do groups have what they need?")
